// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// Points at which the chaos build can be stopped, to be killed there; nothing at all in production.
#ifndef TAILGATE_FAULT_POINT_H
#define TAILGATE_FAULT_POINT_H

#ifdef TAILGATE_CHAOS
// Stops this process, once, if TAILGATE_STOP_AT names the point, after telling TAILGATE_STOP_FIFO "<pid> <point>".
void fault_point(const char *point);
#else
static inline void fault_point(const char *point) { (void)point; }
#endif

#endif
