/* The measure of what this machine can do: a sender and a relay with nothing in them but the work.
 *
 *   reference send PORT COUNT PERIOD_NS FIRST_DUE_NS
 *       COUNT datagrams to 127.0.0.1:PORT; number i leaves at FIRST_DUE_NS + i * PERIOD_NS on CLOCK_MONOTONIC,
 *       by clock_nanosleep to an absolute time. Each is the OSC message /bench ,i NUMBER.
 *   reference relay IN_PORT OUT_PORT
 *       every datagram that comes in on 127.0.0.1:IN_PORT goes out to 127.0.0.1:OUT_PORT, until SIGTERM.
 *       Writes "ready" and a newline once it listens.
 *   reference flood PORT RATE HEX [HEX ...]
 *       RATE datagrams a second to 127.0.0.1:PORT, in one burst a millisecond, the given ones in turn, until SIGTERM.
 *       Writes "ready" and a newline when it begins.
 *
 * Plain: SCHED_OTHER, default timer slack, no spinning, no locked memory.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static struct sockaddr_in loopback(const char *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static int fail(const char *what)
{
    fprintf(stderr, "reference: %s: %s\n", what, strerror(errno));
    return 1;
}

static int connected(const char *port)
{
    struct sockaddr_in address = loopback(port);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) < 0)
        return -1;
    return fd;
}

static int send_at_due_times(const char *port, long count, int64_t period_ns, int64_t first_due_ns)
{
    unsigned char message[] = "/bench\0\0,i\0\0\0\0\0"; /* with the string's own 0: 16 bytes */
    int fd = connected(port);
    if (fd < 0)
        return fail("no socket");
    for (long number = 0; number < count; number++) {
        int64_t due_ns = first_due_ns + number * period_ns;
        struct timespec due = {.tv_sec = due_ns / 1000000000, .tv_nsec = due_ns % 1000000000};
        uint32_t wire = htonl((uint32_t)number);
        memcpy(message + 12, &wire, 4);
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL) == EINTR)
            continue;
        if (send(fd, message, 16, 0) < 0 && errno != ECONNREFUSED)
            return fail("send");
    }
    return 0;
}

static int relay(const char *in_port, const char *out_port)
{
    unsigned char buffer[65536];
    struct sockaddr_in address = loopback(in_port);
    int in = socket(AF_INET, SOCK_DGRAM, 0);
    int out = connected(out_port);
    if (in < 0 || out < 0 || bind(in, (struct sockaddr *)&address, sizeof address) < 0)
        return fail("no socket");
    if (write(STDOUT_FILENO, "ready\n", 6) != 6)
        return fail("write");
    for (;;) {
        ssize_t size = recv(in, buffer, sizeof buffer, 0);
        if (size < 0)
            return fail("recv");
        if (send(out, buffer, (size_t)size, 0) < 0 && errno != ECONNREFUSED)
            return fail("send");
    }
}

#define MOST_KINDS 16
#define MOST_BYTES 96

static int flood(const char *port, long rate, char **words, int kinds)
{
    unsigned char bytes[MOST_KINDS][MOST_BYTES];
    size_t sizes[MOST_KINDS];
    if (rate < 1000 || kinds > MOST_KINDS)
        return 2;
    for (int kind = 0; kind < kinds; kind++) {
        sizes[kind] = strlen(words[kind]) / 2;
        if (sizes[kind] > MOST_BYTES)
            return 2;
        for (size_t byte = 0; byte < sizes[kind]; byte++) {
            unsigned value;
            if (sscanf(words[kind] + 2 * byte, "%2x", &value) != 1)
                return 2;
            bytes[kind][byte] = (unsigned char)value;
        }
    }
    int fd = connected(port);
    struct timespec next;
    if (fd < 0)
        return fail("no socket");
    if (write(STDOUT_FILENO, "ready\n", 6) != 6)
        return fail("write");
    clock_gettime(CLOCK_MONOTONIC, &next);
    for (long sent = 0;;) {
        for (long of_burst = 0; of_burst < rate / 1000; of_burst++, sent++) {
            int kind = (int)(sent % kinds);
            if (send(fd, bytes[kind], sizes[kind], 0) < 0 && errno != ECONNREFUSED && errno != ENOBUFS)
                return fail("send");
        }
        next.tv_nsec += 1000000;
        if (next.tv_nsec >= 1000000000) {
            next.tv_nsec -= 1000000000;
            next.tv_sec++;
        }
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL) == EINTR)
            continue;
    }
}

int main(int argc, char **argv)
{
    if (argc == 6 && strcmp(argv[1], "send") == 0)
        return send_at_due_times(argv[2], atol(argv[3]), atoll(argv[4]), atoll(argv[5]));
    if (argc == 4 && strcmp(argv[1], "relay") == 0)
        return relay(argv[2], argv[3]);
    if (argc >= 5 && strcmp(argv[1], "flood") == 0)
        return flood(argv[2], atol(argv[3]), argv + 4, argc - 4);
    fprintf(stderr, "usage: reference send PORT COUNT PERIOD_NS FIRST_DUE_NS | relay IN_PORT OUT_PORT"
                    " | flood PORT RATE HEX [HEX ...]\n");
    return 2;
}
