// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "holder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "text.h"

static void do_not_block(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    if (flags >= 0) (void)fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
}

void holder_open(struct holder *holder) {
    *holder = (struct holder){.input = STDIN_FILENO, .output = STDOUT_FILENO, .process = -1};
    do_not_block(holder->input);
    do_not_block(holder->output);
}

static void find_name(struct holder *holder, pid_t process) {
    char path[PATH_SIZE];
    char command[32] = "";
    if (text_format(path, sizeof path, "/proc/%d/comm", (int)process)) {
        int file = open(path, O_RDONLY | O_CLOEXEC);
        ssize_t length = file < 0 ? 0 : read(file, command, sizeof command - 1);
        if (file >= 0) close(file);
        command[length > 0 ? length : 0] = '\0';
    }
    for (char *letter = command; *letter != '\0'; letter++) {
        if (*letter == '\n') *letter = '\0';
        else if (*letter < ' ' || *letter > '~') *letter = '?';
    }
    (void)text_format(holder->name, sizeof holder->name, "%d (%s)\n", (int)process, command);
}

int holder_watch(struct holder *holder, pid_t claimed) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    bool is_socket = getsockopt(holder->input, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0;
    pid_t process = is_socket ? peer.pid : claimed;
    if (process <= 0) return -ESRCH;
    holder->process = (int)syscall(SYS_pidfd_open, process, 0);
    // a kernel before 5.3 has no such call: the end of the pipe alone must do
    if (holder->process < 0 && errno != ENOSYS) return -errno;
    find_name(holder, process);
    return 0;
}

// Waits for the event on the descriptor; true where it is there. Notices the client's end, which makes it false.
static bool await(struct holder *holder, int descriptor, short event, int milliseconds) {
    struct pollfd waited[] = {
        {.fd = descriptor, .events = event},
        {.fd = holder->process, .events = POLLIN},
        {.fd = holder->input, .events = POLLRDHUP},
    };
    if (poll(waited, sizeof waited / sizeof waited[0], milliseconds) < 0) {
        // without memory for poll there is no watching either
        if (errno != EINTR) holder->gone = true;
        return false;
    }
    if (waited[1].revents != 0) {
        holder->gone = true;
        return false;
    }
    // lines that came before the end of the input are still obeyed
    if ((waited[0].revents & event) != 0) return true;
    if (waited[0].revents != 0 || waited[2].revents != 0) holder->gone = true;
    return false;
}

void holder_sleep(struct holder *holder, int milliseconds) {
    (void)await(holder, -1, 0, milliseconds);
}

ssize_t holder_read(struct holder *holder, char *text, size_t size, int milliseconds) {
    while (!holder->gone) {
        if (!await(holder, holder->input, POLLIN, milliseconds)) {
            if (milliseconds >= 0 && !holder->gone) return -1;
            continue;
        }
        ssize_t length = read(holder->input, text, size);
        if (length > 0) return length;
        if (length == 0 || (errno != EINTR && errno != EAGAIN)) holder->gone = true;
    }
    return 0;
}

void holder_write(struct holder *holder, const char *text, size_t length) {
    while (length > 0 && !holder->gone) {
        if (!await(holder, holder->output, POLLOUT, -1)) continue;
        ssize_t written = write(holder->output, text, length < PIPE_BUF ? length : PIPE_BUF);
        if (written < 0 && errno != EINTR && errno != EAGAIN) holder->gone = true;
        if (written <= 0) continue;
        text += written;
        length -= (size_t)written;
    }
}
