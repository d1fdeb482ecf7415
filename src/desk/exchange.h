/*
 * exchange - one request on its way in and its answer on its way out: the side of libmicrohttpd.
 *
 * MHD reads a request's head (first call of exchange_on_request), then its
 * body piece by piece; then the connection is suspended and the exchange put
 * on the server's list.  server.c makes the answer, outside MHD, and resumes
 * the connection; MHD calls exchange_on_request once more and sends it.
 */
#ifndef DESK_EXCHANGE_H
#define DESK_EXCHANGE_H

#include <microhttpd.h>

#include "base/limits.h"
#include "desk/guard.h"
#include "desk/process.h"
#include "desk/routes.h"

enum exchange_state { READING, READY, WAITING, ANSWERED };

struct exchange {
	struct exchange       *next;
	struct MHD_Connection *connection;
	enum exchange_state    state;
	char                  *uri;           /* as received */
	struct guard_head      head;          /* views into MHD's memory, valid as long as the connection is ours */
	struct guard_answer    refused;       /* status 0: not */
	const struct route    *route;
	struct str             path, query, arg;
	struct buf             body;
	size_t                 drained;
	int64_t                since_us;      /* waiting since; 0: not yet */
	struct reply           reply;
	char                   set_cookie[64];
	char                   location[LIMIT_URL_B];
};

struct server {
	struct desk       *desk;
	struct MHD_Daemon *daemon;
	struct exchange   *open;              /* READY or WAITING, connection suspended */
	bool               stop;
};

/* Asked once a connection: is it the same user's?  The answer stays with it (NULL: somebody else's). */
void exchange_on_connection(void *server, struct MHD_Connection *, void **socket_context,
	enum MHD_ConnectionNotificationCode);
void *exchange_on_uri(void *server, const char *uri, struct MHD_Connection *);
enum MHD_Result exchange_on_request(void *server, struct MHD_Connection *, const char *url, const char *method,
	const char *version, const char *part, size_t *part_n, void **context);
void exchange_on_completed(void *server, struct MHD_Connection *, void **context, enum MHD_RequestTerminationCode);

#endif
