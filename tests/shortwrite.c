/*
 * shortwrite - a disk that takes less than it is given: preloaded before a program, every write to a file writes a part only.
 *
 *     LD_PRELOAD=.../libshortwrite.so tidings -C desk add page.html
 *
 * POSIX lets write() return fewer bytes than asked; disks do so when they fill up and on signals.  How much is taken follows from a
 * counter, so a run can be repeated.  Sockets and pipes are left alone.
 */
#include <dlfcn.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static unsigned calls;

static size_t
part(int fd, size_t n)
{
	struct stat st;

	if (n < 2 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return n;
	calls = calls * 1103515245u + 12345u;
	return 1 + (calls >> 8) % (n - 1);
}

__attribute__((visibility("default"))) ssize_t
write(int fd, const void *p, size_t n)
{
	if (real_write == NULL)
		*(void **)(void *)&real_write = dlsym(RTLD_NEXT, "write");
	return real_write(fd, p, part(fd, n));
}

/* Off_t has 64 bits here: the name in the library is pwrite64. */
__attribute__((visibility("default"))) ssize_t
pwrite(int fd, const void *p, size_t n, off_t at)
{
	if (real_pwrite == NULL)
		*(void **)(void *)&real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
	return real_pwrite(fd, p, part(fd, n), at);
}
