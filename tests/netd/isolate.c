/*
 * An empty network: a network and a mount namespace of our own (and, for
 * somebody who is not root, a user namespace), with the loopback up, private
 * addresses on it that nobody should speak to, and the three files of /etc
 * that say where names and trust come from put over the real ones.
 */
#include "netd.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include <arpa/inet.h>

static bool
write_file(const char *path, const char *text)
{
	int     fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	ssize_t n = fd < 0 ? -1 : write(fd, text, strlen(text));

	if (fd >= 0)
		close(fd);
	return n == (ssize_t)strlen(text);
}

/* The caller stays who he is, inside. */
static bool
become_root_inside(uid_t uid, gid_t gid)
{
	char line[64];

	snprintf(line, sizeof(line), "0 %u 1\n", (unsigned)uid);
	if (!write_file("/proc/self/setgroups", "deny") || !write_file("/proc/self/uid_map", line))
		return false;
	snprintf(line, sizeof(line), "0 %u 1\n", (unsigned)gid);
	return write_file("/proc/self/gid_map", line);
}

static bool
add_v4(int s, int number, const char *address)
{
	struct ifreq       r = { 0 };
	struct sockaddr_in a = { .sin_family = AF_INET };

	snprintf(r.ifr_name, sizeof(r.ifr_name), "lo:%d", number);
	inet_pton(AF_INET, address, &a.sin_addr);
	memcpy(&r.ifr_addr, &a, sizeof(a));
	if (ioctl(s, SIOCSIFADDR, &r) != 0)
		return false;
	inet_pton(AF_INET, "255.255.255.255", &a.sin_addr);
	memcpy(&r.ifr_netmask, &a, sizeof(a));
	return ioctl(s, SIOCSIFNETMASK, &r) == 0;
}

static bool
add_v6(const char *address)
{
	struct { struct in6_addr a; uint32_t prefix; int index; } r = { .prefix = 128, .index = (int)if_nametoindex("lo") };
	int  s = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool done = s >= 0 && inet_pton(AF_INET6, address, &r.a) == 1 && ioctl(s, SIOCSIFADDR, &r) == 0;

	if (s >= 0)
		close(s);
	return done;
}

static bool
raise_loopback(void)
{
	struct ifreq r = { .ifr_name = "lo" };
	int          s = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool         done = s >= 0 && ioctl(s, SIOCGIFFLAGS, &r) == 0;

	r.ifr_flags |= IFF_UP | IFF_RUNNING;
	done = done && ioctl(s, SIOCSIFFLAGS, &r) == 0 && add_v4(s, 1, "10.0.0.1") && add_v4(s, 2, "169.254.169.254");
	if (s >= 0)
		close(s);
	/* A kernel without IPv6 has no such address, and nobody can speak to it. */
	return done && (add_v6("fd00::1") || errno == EAFNOSUPPORT || errno == ENODEV || errno == EACCES);
}

static bool
put_over(const char *folder, const char *name, const char *text, const char *over)
{
	char path[4200];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (text != NULL && !write_file(path, text))
		return false;
	return mount(path, over, NULL, MS_BIND, NULL) == 0;
}

int
isolate(const char *folder)
{
	uid_t       uid = getuid();
	gid_t       gid = getgid();
	const char *what = "namespaces";

	if (unshare(CLONE_NEWNET | CLONE_NEWNS | (uid == 0 ? 0 : CLONE_NEWUSER)) != 0 || (uid != 0 && !become_root_inside(uid, gid)))
		goto refused;
	what = "the loopback";
	if (!raise_loopback())
		goto refused;
	what = "the files of /etc";
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 || !put_over(folder, "resolv.conf", "nameserver 127.0.0.1\n", "/etc/resolv.conf") ||
	    !put_over(folder, "hosts", "127.0.0.1 localhost\n", "/etc/hosts") ||
	    !put_over(folder, "ca.pem", NULL, "/etc/ssl/certs/ca-certificates.crt"))
		goto refused;
	return 0;
refused:
	fprintf(stderr, "netd: this machine does not allow %s of one's own: %s\n", what, strerror(errno));
	return 77;
}
