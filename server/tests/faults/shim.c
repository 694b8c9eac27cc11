/* A disk that fails on demand and a clock that is wrong, in front of those that are there: loaded into the program with LD_PRELOAD.
 *
 * Only files are meant whose path holds SHIM_FILE (and that are no "-shm": those are memory). The first letter in the file SHIM_CONTROL
 * says how the disk is just now, and is read again every time:
 *   e  a sync fails with EIO          f  the disk is full: a write fails with ENOSPC
 *   r  it may only be read (EROFS)    l  it lies: a sync says yes and does nothing
 *   s  it is slow: a sync takes 15 ms
 * SHIM_UNDO is a folder in which it is kept what every write since the last sync has overwritten, so that a test can take the power away:
 * one file for each, of records of three numbers of eight bytes (where, how long the file was, how many bytes follow) and those bytes.
 * SHIM_CLOCK names a file with the seconds by which the machine's clock is wrong.
 * SHIM_KILL_AT=n ends the process, as if by kill -9, when the n-th write or sync begins. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static long operations;

#define REAL(name) \
    static __typeof__(&name) real_##name; \
    if (!real_##name) real_##name = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static int is_meant(const char *path) {
    const char *wanted = getenv("SHIM_FILE");
    return wanted && strstr(path, wanted) && !strstr(path, "-shm");
}

static int path_of(int fd, char *path, size_t room) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, room - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_meant(path);
}

static int condition(void) {
    REAL(open);
    REAL(read);
    const char *control = getenv("SHIM_CONTROL");
    if (!control) return 0;
    int saved = errno, fd = real_open(control, O_RDONLY | O_CLOEXEC);
    char letter = 0;
    if (fd >= 0) {
        if (real_read(fd, &letter, 1) != 1) letter = 0;
        close(fd);
    }
    errno = saved;
    return letter;
}

static void count(void) {
    const char *at = getenv("SHIM_KILL_AT");
    if (at && __sync_add_and_fetch(&operations, 1) == atol(at)) kill(getpid(), SIGKILL);
}

static int undo_file(const char *path, int flags) {
    REAL(open);
    const char *folder = getenv("SHIM_UNDO"), *name = strrchr(path, '/');
    if (!folder || !name) return -1;
    char undo[4096];
    snprintf(undo, sizeof undo, "%s/%s", folder, name + 1);
    return real_open(undo, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
}

/* Keeps what stands from `at` on, for as many bytes as will be overwritten. */
static void remember(int fd, const char *path, off_t at, size_t length) {
    REAL(pread);
    REAL(write);
    int undo = undo_file(path, O_APPEND);
    if (undo < 0) return;
    struct stat before;
    if (fstat(fd, &before) == 0) {
        uint64_t size = (uint64_t)before.st_size, from = (uint64_t)at, kept = 0;
        if (from < size) kept = size - from < length ? size - from : length;
        unsigned char *record = malloc(24 + kept);
        if (record) {
            ssize_t had = kept ? real_pread(fd, record + 24, kept, at) : 0;
            kept = had > 0 ? (uint64_t)had : 0;
            memcpy(record, &from, 8);
            memcpy(record + 8, &size, 8);
            memcpy(record + 16, &kept, 8);
            if (real_write(undo, record, 24 + kept) < 0) abort();
            free(record);
        }
    }
    close(undo);
}

/* What a write meets: 0 to go on, or the error. */
static int before_write(int fd, off_t at, size_t length) {
    char path[4096];
    if (!path_of(fd, path, sizeof path)) return 0;
    count();
    switch (condition()) {
    case 'f': return ENOSPC;
    case 'r': return EROFS;
    }
    remember(fd, path, at, length);
    return 0;
}

static ssize_t refused(int error) {
    errno = error;
    return -1;
}

#define WRITER(name, offset_type) \
    ssize_t name(int fd, const void *bytes, size_t length, offset_type at) { \
        REAL(name); \
        pthread_mutex_lock(&one_at_a_time); \
        int error = before_write(fd, at, length); \
        ssize_t done = error ? refused(error) : real_##name(fd, bytes, length, at); \
        pthread_mutex_unlock(&one_at_a_time); \
        return done; \
    }
WRITER(pwrite, off_t)
WRITER(pwrite64, off64_t)

ssize_t write(int fd, const void *bytes, size_t length) {
    REAL(write);
    REAL(lseek);
    if (fd < 3) return real_write(fd, bytes, length);
    pthread_mutex_lock(&one_at_a_time);
    off_t at = real_lseek(fd, 0, SEEK_CUR);
    int error = at < 0 ? 0 : before_write(fd, at, length);
    ssize_t done = error ? refused(error) : real_write(fd, bytes, length);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

#define CUTTER(name, offset_type) \
    int name(int fd, offset_type length) { \
        REAL(name); \
        pthread_mutex_lock(&one_at_a_time); \
        struct stat now; \
        size_t lost = fstat(fd, &now) == 0 && now.st_size > length ? (size_t)(now.st_size - length) : 0; \
        int error = before_write(fd, length, lost); \
        int done = error ? (int)refused(error) : real_##name(fd, length); \
        pthread_mutex_unlock(&one_at_a_time); \
        return done; \
    }
CUTTER(ftruncate, off_t)
CUTTER(ftruncate64, off64_t)

#define SYNCER(name) \
    int name(int fd) { \
        REAL(name); \
        char path[4096]; \
        if (!path_of(fd, path, sizeof path)) return real_##name(fd); \
        pthread_mutex_lock(&one_at_a_time); \
        count(); \
        int done, letter = condition(); \
        if (letter == 'e') done = (int)refused(EIO); \
        else if (letter == 'l') done = 0; \
        else { \
            if (letter == 's') usleep(15000); \
            done = real_##name(fd); \
            int undo = done == 0 ? undo_file(path, O_TRUNC) : -1; \
            if (undo >= 0) close(undo); \
        } \
        pthread_mutex_unlock(&one_at_a_time); \
        return done; \
    }
SYNCER(fsync)
SYNCER(fdatasync)

#define OPENER(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        int writes = (flags & O_ACCMODE) != O_RDONLY; \
        if (writes && is_meant(path) && condition() == 'r') return (int)refused(EROFS); \
        return real_##name(path, flags, mode); \
    }
OPENER(open)
OPENER(open64)

int clock_gettime(clockid_t clock, struct timespec *now) {
    REAL(clock_gettime);
    REAL(open);
    REAL(read);
    int done = real_clock_gettime(clock, now);
    const char *wrong = getenv("SHIM_CLOCK");
    if (done == 0 && clock == CLOCK_REALTIME && wrong) {
        char text[32] = {0};
        int fd = real_open(wrong, O_RDONLY | O_CLOEXEC);
        if (fd >= 0) {
            if (real_read(fd, text, sizeof text - 1) > 0) now->tv_sec += atol(text);
            close(fd);
        }
    }
    return done;
}
