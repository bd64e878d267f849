/*
 * Stands between a process and the disk (LD_PRELOAD) and sees what it does to the database files of one folder.
 *
 * FAULT_FOLDER  the folder; its files that begin with "holdfast.db" are watched, the -shm beside them is not: it is
 *               made anew when a database is opened
 * FAULT_RECORD  where to write what was seen: this name and the process id. Without it nothing is recorded
 * FAULT_SWITCH  a file of three 64-bit numbers that a test changes while the process runs: errno that writes end
 *               with, errno that syncs end with, nanoseconds that the wall clock is wrong by. 0 leaves things alone
 *
 * A record is a head (below) and what belongs to it. Times are CLOCK_MONOTONIC, which all processes of a machine
 * share. Of a write it is the time after it, of a sync the time before it: what was written by then is safe once the
 * sync is recorded.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { NAME = 1, WRITE, TRUNCATE, SYNC, CREATE, UNLINK, RENAME };
enum { MOST_FILES = 4096, MOST_NAMES = 64, FOLDER = 1 };

struct head {
  uint32_t kind;
  uint32_t file;    /* id of the name */
  uint64_t at;      /* when it was recorded */
  uint64_t where;   /* offset of a write, length of a truncate, beginning of a sync */
  uint64_t length;  /* bytes that follow */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];
static size_t folder_length;
static int record = -1;
static volatile int64_t *faults;
static unsigned char file_of[MOST_FILES]; /* by descriptor; 0: not watched */
static char names[MOST_NAMES][64];
static int name_count = FOLDER + 1; /* 1 is the folder itself */

static void emit(uint32_t kind, uint32_t file, uint64_t at, uint64_t where, const void *data, size_t length);

static uint64_t now(void) {
  struct timespec t;
  syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

__attribute__((constructor)) static void begin(void) {
  const char *place = getenv("FAULT_FOLDER");
  if (!place || !realpath(place, folder)) return;
  folder_length = strlen(folder);
  const char *file = getenv("FAULT_SWITCH");
  if (file) {
    int fd = (int)syscall(SYS_openat, AT_FDCWD, file, O_RDWR | O_CLOEXEC, 0);
    if (fd >= 0) {
      void *mapped = mmap(NULL, 24, PROT_READ, MAP_SHARED, fd, 0);
      if (mapped != MAP_FAILED) faults = mapped;
      syscall(SYS_close, fd);
    }
  }
  const char *to = getenv("FAULT_RECORD");
  if (to) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s.%d", to, (int)getpid());
    record = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  }
}

static void emit(uint32_t kind, uint32_t file, uint64_t at, uint64_t where, const void *data, size_t length) {
  if (record < 0) return;
  struct head head = {kind, file, at, where, length};
  struct iovec parts[2] = {{&head, sizeof head}, {(void *)data, length}};
  long wrote = syscall(SYS_writev, record, parts, length ? 2 : 1);
  /* A record that is cut off would make every later one unreadable. */
  if (wrote != (long)(sizeof head + length)) abort();
}

/* The id of a watched path, 0 for all others. Called with the lock. */
static int watched(const char *path) {
  char whole[PATH_MAX];
  if (!folder_length || !path) return 0;
  const char *base = strrchr(path, '/');
  base = base ? base + 1 : path;
  if (strncmp(base, "holdfast.db", 11) != 0 || strcmp(base, "holdfast.db-shm") == 0) {
    if (strcmp(path, folder) == 0) return FOLDER;
    return 0;
  }
  if (path[0] == '/') {
    snprintf(whole, sizeof whole, "%s", path);
  } else {
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here)) return 0;
    if (snprintf(whole, sizeof whole, "%s/%s", here, path) >= (int)sizeof whole) return 0;
  }
  if (strncmp(whole, folder, folder_length) != 0 || whole[folder_length] != '/') return 0;
  if (strcmp(whole + folder_length + 1, base) != 0) return 0;
  for (int i = FOLDER + 1; i < name_count; i++)
    if (strcmp(names[i], base) == 0) return i;
  if (name_count == MOST_NAMES || strlen(base) >= sizeof names[0]) abort();
  strcpy(names[name_count], base);
  emit(NAME, (uint32_t)name_count, now(), 0, base, strlen(base));
  return name_count++;
}

static int file_at(int fd) { return fd >= 0 && fd < MOST_FILES ? file_of[fd] : 0; }

static int opened(int at, const char *path, int flags, mode_t mode) {
  pthread_mutex_lock(&lock);
  int file = at == AT_FDCWD || (path && path[0] == '/') ? watched(path) : 0;
  struct stat there;
  int is_new = file && (flags & O_CREAT) && stat(path, &there) != 0;
  int fd = (int)syscall(SYS_openat, at, path, flags, mode);
  int error = errno;
  if (fd >= 0 && fd < MOST_FILES) {
    file_of[fd] = (unsigned char)file;
    if (is_new) emit(CREATE, (uint32_t)file, now(), 0, NULL, 0);
    if (file && (flags & O_TRUNC)) emit(TRUNCATE, (uint32_t)file, now(), 0, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return fd;
}

#define MODE(flags)                                   \
  mode_t mode = 0;                                    \
  if ((flags) & (O_CREAT | O_TMPFILE)) {              \
    va_list more;                                     \
    va_start(more, flags);                            \
    mode = (mode_t)va_arg(more, int);                 \
    va_end(more);                                     \
  }

int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) return opened(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags) return opened(at, path, flags, mode); }

int close(int fd) {
  if (fd >= 0 && fd < MOST_FILES) file_of[fd] = 0;
  return (int)syscall(SYS_close, fd);
}

static int refused(int which) {
  int64_t error = faults ? faults[which] : 0;
  if (!error) return 0;
  errno = (int)error;
  return 1;
}

/* Writing and telling of it in one step, so that the order of the records is the order on the disk. */
static ssize_t put(int fd, const void *data, size_t length, off_t offset, int has_offset) {
  int file = file_at(fd);
  if (!file) {
    return has_offset ? syscall(SYS_pwrite64, fd, data, length, offset) : syscall(SYS_write, fd, data, length);
  }
  if (refused(0)) return -1;
  pthread_mutex_lock(&lock);
  off_t where = has_offset ? offset : (off_t)syscall(SYS_lseek, fd, 0, SEEK_CUR);
  ssize_t wrote = syscall(SYS_pwrite64, fd, data, length, where);
  int error = errno;
  if (wrote > 0) {
    if (!has_offset) syscall(SYS_lseek, fd, where + wrote, SEEK_SET);
    emit(WRITE, (uint32_t)file, now(), (uint64_t)where, data, (size_t)wrote);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return wrote;
}

ssize_t write(int fd, const void *data, size_t length) { return put(fd, data, length, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return put(fd, data, length, at, 1); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { return put(fd, data, length, at, 1); }

static int cut(int fd, off_t length) {
  int file = file_at(fd);
  if (!file) return (int)syscall(SYS_ftruncate, fd, length);
  pthread_mutex_lock(&lock);
  int done = (int)syscall(SYS_ftruncate, fd, length);
  int error = errno;
  if (done == 0) emit(TRUNCATE, (uint32_t)file, now(), (uint64_t)length, NULL, 0);
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}

int ftruncate(int fd, off_t length) { return cut(fd, length); }
int ftruncate64(int fd, off64_t length) { return cut(fd, length); }

static int settled(int fd, long call) {
  int file = file_at(fd);
  if (!file) return (int)syscall(call, fd);
  if (refused(1)) return -1;
  uint64_t began = now();
  int done = (int)syscall(call, fd);
  int error = errno;
  if (done == 0) {
    pthread_mutex_lock(&lock);
    emit(SYNC, (uint32_t)file, now(), began, NULL, 0);
    pthread_mutex_unlock(&lock);
  }
  errno = error;
  return done;
}

int fsync(int fd) { return settled(fd, SYS_fsync); }
int fdatasync(int fd) { return settled(fd, SYS_fdatasync); }

static int removed(int at, const char *path, int flags) {
  pthread_mutex_lock(&lock);
  int file = at == AT_FDCWD && !(flags & AT_REMOVEDIR) ? watched(path) : 0;
  int done = (int)syscall(SYS_unlinkat, at, path, flags);
  int error = errno;
  if (done == 0 && file) emit(UNLINK, (uint32_t)file, now(), 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}

int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int unlinkat(int at, const char *path, int flags) { return removed(at, path, flags); }

int rename(const char *from, const char *to) {
  pthread_mutex_lock(&lock);
  int file = watched(from) | watched(to);
  int done = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  int error = errno;
  if (done == 0 && file) emit(RENAME, (uint32_t)file, now(), 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}

/* The wall clock; the monotonic one is left alone. */
static int64_t wrong_by(void) { return faults ? faults[2] : 0; }

int gettimeofday(struct timeval *restrict t, void *restrict zone) {
  (void)zone;
  struct timespec now_;
  syscall(SYS_clock_gettime, CLOCK_REALTIME, &now_);
  int64_t ns = (int64_t)now_.tv_sec * 1000000000 + now_.tv_nsec + wrong_by();
  t->tv_sec = ns / 1000000000;
  t->tv_usec = ns % 1000000000 / 1000;
  return 0;
}

int clock_gettime(clockid_t clock, struct timespec *t) {
  static int (*real)(clockid_t, struct timespec *);
  /* Not the system call: time is asked thousands of times a second. */
  if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int done = real(clock, t);
  if (done == 0 && clock == CLOCK_REALTIME && wrong_by()) {
    int64_t ns = (int64_t)t->tv_sec * 1000000000 + t->tv_nsec + wrong_by();
    t->tv_sec = ns / 1000000000;
    t->tv_nsec = ns % 1000000000;
  }
  return done;
}
