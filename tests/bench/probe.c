/* The stopwatch: a process of its own that says when datagrams arrived, by the kernel's own stamp.
 *
 *   probe listen PORT COUNT SILENCE_MS
 *       until COUNT datagrams have come, or none for SILENCE_MS. One line each: ARRIVAL_NS PAYLOAD_HEX, the
 *       arrival on CLOCK_MONOTONIC.
 *   probe trigger IN_PORT OUT_PORT COUNT GAP_NS SPREAD_NS SILENCE_MS HEX [HEX]
 *       COUNT times: the datagram HEX (the two in turn) to 127.0.0.1:IN_PORT, wait for whatever comes back on
 *       OUT_PORT. One line each: the nanoseconds from before our send to the kernel's stamp, or "lost" after
 *       SILENCE_MS. Between an answer and the next trigger GAP_NS and up to SPREAD_NS more, drawn by lot, so as
 *       not to walk in step with anyone's own rhythm.
 *
 * Both write "ready" and a newline once they listen. SO_TIMESTAMPNS stamps are CLOCK_REALTIME, taken when the
 * packet reaches the receiving socket's device; `listen` maps them to CLOCK_MONOTONIC by reading both clocks
 * before and after, and fails when the wall clock was set meanwhile.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define KEPT_BYTES 96
#define CLOCK_STEP_NS 1000000

struct arrival {
    int64_t stamp_ns; /* CLOCK_REALTIME */
    int size;
    unsigned char payload[KEPT_BYTES];
};

struct clocks {
    int64_t real_ns, monotonic_ns;
};

static int fail(const char *what)
{
    fprintf(stderr, "probe: %s: %s\n", what, strerror(errno));
    return 1;
}

static int64_t read_clock(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* Both clocks at one moment: the narrowest of twenty readings of one between two of the other. */
static struct clocks read_clocks(void)
{
    struct clocks best = {0, 0};
    int64_t narrowest = INT64_MAX;
    for (int trial = 0; trial < 20; trial++) {
        int64_t before = read_clock(CLOCK_MONOTONIC);
        int64_t real = read_clock(CLOCK_REALTIME);
        int64_t after = read_clock(CLOCK_MONOTONIC);
        if (after - before < narrowest) {
            narrowest = after - before;
            best = (struct clocks){real, before + (after - before) / 2};
        }
    }
    return best;
}

static struct sockaddr_in loopback(const char *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static int stamped_socket(const char *port)
{
    struct sockaddr_in address = loopback(port);
    int on = 1, bytes = 4 << 20;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0)
        return -1;
    return fd;
}

/* 1: one arrival; 0: silence; -1: error */
static int receive(int fd, int silence_ms, struct arrival *arrival)
{
    char control[CMSG_SPACE(sizeof(struct timespec))];
    struct iovec part = {arrival->payload, KEPT_BYTES};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control,
                             .msg_controllen = sizeof control};
    struct pollfd poller = {.fd = fd, .events = POLLIN};
    int ready = poll(&poller, 1, silence_ms);
    if (ready <= 0)
        return ready;
    ssize_t size = recvmsg(fd, &message, 0);
    if (size < 0)
        return -1;
    arrival->size = (int)size;
    for (struct cmsghdr *extra = CMSG_FIRSTHDR(&message); extra; extra = CMSG_NXTHDR(&message, extra))
        if (extra->cmsg_level == SOL_SOCKET && extra->cmsg_type == SCM_TIMESTAMPNS) {
            struct timespec stamp;
            memcpy(&stamp, CMSG_DATA(extra), sizeof stamp);
            arrival->stamp_ns = stamp.tv_sec * INT64_C(1000000000) + stamp.tv_nsec;
            return 1;
        }
    errno = ENOMSG;
    return -1;
}

static int say_ready(void)
{
    return puts("ready") == EOF || fflush(stdout) == EOF;
}

static int listen_for(const char *port, long count, int silence_ms)
{
    struct arrival *arrivals = calloc((size_t)count, sizeof *arrivals);
    int fd = stamped_socket(port);
    if (!arrivals || fd < 0 || say_ready())
        return fail("cannot listen");
    struct clocks first = read_clocks();
    long got = 0;
    while (got < count) {
        int outcome = receive(fd, silence_ms, &arrivals[got]);
        if (outcome < 0)
            return fail("recvmsg");
        if (outcome == 0)
            break;
        got++;
    }
    struct clocks last = read_clocks();
    int64_t drift_ns = (last.monotonic_ns - first.monotonic_ns) - (last.real_ns - first.real_ns);
    if (llabs(drift_ns) > CLOCK_STEP_NS) {
        fprintf(stderr, "probe: the wall clock was set by %lld ns while measuring\n", (long long)-drift_ns);
        return 1;
    }
    double drift_per_ns = (double)drift_ns / (double)(last.real_ns - first.real_ns);
    for (long number = 0; number < got; number++) {
        int64_t since_ns = arrivals[number].stamp_ns - first.real_ns;
        int64_t arrival_ns = first.monotonic_ns + since_ns + (int64_t)(drift_per_ns * (double)since_ns);
        printf("%lld ", (long long)arrival_ns);
        for (int byte = 0; byte < arrivals[number].size; byte++)
            printf("%02x", arrivals[number].payload[byte]);
        putchar('\n');
    }
    return fflush(stdout) == EOF;
}

static int parse_hex(const char *hex, unsigned char *bytes)
{
    int size = (int)strlen(hex) / 2;
    for (int byte = 0; byte < size && byte < KEPT_BYTES; byte++) {
        unsigned value;
        if (sscanf(hex + 2 * byte, "%2x", &value) != 1)
            return -1;
        bytes[byte] = (unsigned char)value;
    }
    return size <= KEPT_BYTES ? size : -1;
}

static int trigger(char **words, int payloads)
{
    unsigned char bytes[2][KEPT_BYTES];
    int sizes[2];
    struct sockaddr_in target = loopback(words[0]);
    long count = atol(words[2]);
    int64_t gap_ns = atoll(words[3]);
    int64_t spread_ns = atoll(words[4]);
    int silence_ms = atoi(words[5]);
    int in = stamped_socket(words[1]);
    int out = socket(AF_INET, SOCK_DGRAM, 0);
    for (int turn = 0; turn < payloads; turn++)
        if ((sizes[turn] = parse_hex(words[6 + turn], bytes[turn])) < 0) {
            fprintf(stderr, "probe: %s is not up to %d bytes in hex\n", words[6 + turn], KEPT_BYTES);
            return 2;
        }
    int64_t *latencies_ns = calloc((size_t)count, sizeof *latencies_ns);
    if (!latencies_ns || in < 0 || out < 0 || say_ready())
        return fail("cannot listen");
    unsigned lot = 1;
    for (long number = 0; number < count; number++) {
        struct arrival arrival;
        while (receive(in, 0, &arrival) > 0) /* what came too late belongs to nobody */
            continue;
        int turn = (int)(number % payloads);
        int64_t left_ns = read_clock(CLOCK_REALTIME);
        if (sendto(out, bytes[turn], (size_t)sizes[turn], 0, (struct sockaddr *)&target, sizeof target) < 0)
            return fail("sendto");
        int outcome = receive(in, silence_ms, &arrival);
        if (outcome < 0)
            return fail("recvmsg");
        latencies_ns[number] = outcome ? arrival.stamp_ns - left_ns : -1;
        lot = lot * 1103515245u + 12345u;
        int64_t next_ns = read_clock(CLOCK_MONOTONIC) + gap_ns + spread_ns * (int64_t)(lot >> 16 & 1023) / 1024;
        struct timespec next = {.tv_sec = next_ns / 1000000000, .tv_nsec = next_ns % 1000000000};
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL) == EINTR)
            continue;
    }
    for (long number = 0; number < count; number++)
        if (latencies_ns[number] < 0)
            puts("lost");
        else
            printf("%lld\n", (long long)latencies_ns[number]);
    return fflush(stdout) == EOF;
}

int main(int argc, char **argv)
{
    if (argc == 5 && strcmp(argv[1], "listen") == 0)
        return listen_for(argv[2], atol(argv[3]), atoi(argv[4]));
    if ((argc == 9 || argc == 10) && strcmp(argv[1], "trigger") == 0)
        return trigger(argv + 2, argc - 8);
    fprintf(stderr, "usage: probe listen PORT COUNT SILENCE_MS"
                    " | trigger IN_PORT OUT_PORT COUNT GAP_NS SPREAD_NS SILENCE_MS HEX [HEX]\n");
    return 2;
}
