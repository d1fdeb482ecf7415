#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zip.h>

#include "base/limits.h"
#include "office/office_private.h"

struct office_zip {
	zip_t *zip;
	size_t unpacked_b;              /* of all parts so far */
	size_t packed_b;                /* the whole file */
};

void
td_office_warm_up(void)
{
	struct tm when = { .tm_year = 118, .tm_mon = 5, .tm_mday = 27, .tm_isdst = -1 };

	(void)mktime(&when);            /* libzip turns each entry's time into an instant, which reads the machine's zone */
}

struct office_zip *
office_zip_open(struct bytes b, const char **ret_fault)
{
	zip_error_t        error;
	zip_source_t      *source;
	struct office_zip *z = calloc(1, sizeof(*z));

	*ret_fault = "needs more memory than there is";
	if (z == NULL)
		return NULL;
	zip_error_init(&error);
	source = zip_source_buffer_create(b.p, b.n, 0, &error);
	z->zip = source != NULL ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
	if (z->zip == NULL) {
		zip_source_free(source);
		*ret_fault = "is a damaged ZIP file";
	} else if (zip_get_num_entries(z->zip, 0) > OFFICE_ENTRIES_N) {
		zip_discard(z->zip);
		z->zip = NULL;
		*ret_fault = "has more files in it than any office document";
	}
	zip_error_fini(&error);
	if (z->zip == NULL) {
		free(z);
		return NULL;
	}
	z->packed_b = b.n;
	*ret_fault = NULL;
	return z;
}

void
office_zip_close(struct office_zip *z)
{
	if (z != NULL)
		zip_discard(z->zip);
	free(z);
}

/* As of a page's body: the first 2 MiB are free, then the ratio counts. */
static bool
is_bomb(const struct office_zip *z, size_t n)
{
	size_t all = z->unpacked_b + n;

	return all > LIMIT_DECODED_B || (all > 2 * MiB && all / LIMIT_RATIO > z->packed_b);
}

static const char *
unpack(struct office_zip *z, zip_file_t *file, struct buf *out)
{
	const char *fault = NULL;
	zip_int64_t n;
	char       *room;

	/* As much again as there is: most parts are small. */
	do {
		size_t step = out->n < 4 * KiB ? 4 * KiB : out->n > 64 * KiB ? 64 * KiB : out->n;

		if (is_bomb(z, step) || (room = buf_room(out, step)) == NULL)
			return "unpacks to far more than its size allows";
		n = zip_fread(file, room, step);
		if (n < 0)
			fault = "is damaged";
		out->n += n > 0 ? (size_t)n : 0;
		z->unpacked_b += n > 0 ? (size_t)n : 0;
	} while (n > 0);
	return fault;
}

bool
office_zip_read(struct office_zip *z, const char *name, struct buf *out, const char **ret_fault)
{
	zip_int64_t index = zip_name_locate(z->zip, name, ZIP_FL_ENC_RAW);
	zip_file_t *file = index >= 0 ? zip_fopen_index(z->zip, (zip_uint64_t)index, 0) : NULL;
	int         code = zip_error_code_zip(zip_get_error(z->zip));

	if (file == NULL) {
		if (index >= 0)
			*ret_fault = code == ZIP_ER_NOPASSWD ? "is locked with a password" : "is packed in a way that we do not read";
		return false;
	}
	*ret_fault = unpack(z, file, out);
	zip_fclose(file);
	return *ret_fault == NULL;
}
