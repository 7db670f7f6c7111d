/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.Sgemm;
import io.tailgate.kernels.SgemmMatrices;
import java.util.Map;

/** Our matrix product, as its users call it. */
final class OursSgemm implements Product {

    private final Sgemm product;
    private final String cpus;

    OursSgemm(int size, int... cpus) {
        this.cpus = Cpus.list(cpus);
        this.product = Sgemm.builder()
                .hugePages(HugePages.ARE_THERE)
                .m(size)
                .n(size)
                .k(size)
                .cpus(this.cpus)
                .build();
    }

    Sgemm product() {
        return product;
    }

    double operations() {
        return product.flops();
    }

    @Override
    public String name() {
        return "ours, B packed";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("cpus", cpus, "hugePages", Boolean.toString(HugePages.ARE_THERE));
    }

    @Override
    public void run() {
        product.run();
    }

    @Override
    public float[] c() {
        return SgemmMatrices.c(product);
    }

    @Override
    public void close() {
        product.close();
    }
}
