/* decode [LABEL] < page: its text as UTF-8 on stdout; on stderr one line, the encoding and why, and how many were replaced. */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "text/charset.h"

static void
full(void *arg)
{
	(void)arg;
	abort();
}

int
main(int argc, char *argv[])
{
	struct buf     in = BUF_INIT(LIMIT_DECODED_B);
	struct arena   a;
	struct charset charset;
	struct str     text;
	char          *room;

	while ((room = buf_room(&in, 65536)) != NULL) {
		size_t n = fread(room, 1, 65536, stdin);

		if (n == 0)
			break;
		in.n += n;
	}
	arena_init(&a, 1024 * MiB, full, NULL);
	text = td_charset_decode(&a, buf_bytes(&in), str_of(argc > 1 ? argv[1] : ""), &charset);
	fprintf(stderr, "%s\t%s\t%zu\n", charset.name, charset.why, charset.replaced);
	fwrite(text.p, 1, text.n, stdout);
	arena_free(&a);
	buf_free(&in);
	return EXIT_SUCCESS;
}
