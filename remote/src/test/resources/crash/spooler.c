/* The program whose crashes the tests look up. README.txt says how spooler.elf was made of it. */
#include <stddef.h>

static inline __attribute__((always_inline)) int length_of(const int *job) {
    int pages = job[0];
    int copies = job[1];
    return pages * copies;
}

__attribute__((noinline)) int next_job(const int *job) {
    int length = length_of(job);
    return length + 1;
}

__attribute__((noinline)) int drain(int depth, const int *job) {
    if (depth > 0) {
        return drain(depth - 1, job) + 1;
    }
    return next_job(job) + 2;
}

__attribute__((noinline)) int print_all(int jobs) {
    return drain(jobs, NULL) + 3;
}

void _start(void) {
    print_all(3);
    for (;;) {
    }
}
