#include "ledger/merkle.h"

#include "crypto/sha256.h"

void
td_merkle_node(const struct merkle_hash *left, const struct merkle_hash *right, struct merkle_hash *ret)
{
	unsigned char both[1 + 2 * MERKLE_B] = { 1 };

	memcpy(both + 1, left->b, MERKLE_B);
	memcpy(both + 1 + MERKLE_B, right->b, MERKLE_B);
	td_sha256((struct bytes){ both, sizeof(both) }, ret->b);
}

static bool
same(const struct merkle_hash *a, const struct merkle_hash *b)
{
	return memcmp(a->b, b->b, MERKLE_B) == 0;
}

static int
peaks(uint64_t n)
{
	return __builtin_popcountll(n);
}

void
td_merkle_add(struct merkle *m, const struct merkle_hash *leaf)
{
	struct merkle_hash sum = *leaf;
	int                top = peaks(m->n);

	for (uint64_t n = m->n; n & 1; n >>= 1)
		td_merkle_node(&m->peak[--top], &sum, &sum);
	m->peak[top] = sum;
	m->n++;
}

void
td_merkle_head(const struct merkle *m, struct merkle_hash *ret)
{
	int                top = peaks(m->n);
	struct merkle_hash sum;

	if (m->n == 0) {
		td_sha256((struct bytes){ NULL, 0 }, ret->b);
		return;
	}
	sum = m->peak[--top];
	while (top > 0)
		td_merkle_node(&m->peak[--top], &sum, &sum);
	*ret = sum;
}

void
td_merkle_head_of(const struct merkle_hash *leaf, size_t n, struct merkle_hash *ret)
{
	struct merkle m = { 0 };

	for (size_t i = 0; i < n; i++)
		td_merkle_add(&m, &leaf[i]);
	td_merkle_head(&m, ret);
}

/* The largest power of two smaller than n, n > 1. */
static size_t
split(size_t n)
{
	return (size_t)1 << (63 - __builtin_clzll((uint64_t)n - 1));
}

void
td_merkle_reverse(struct merkle_hash *proof, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		struct merkle_hash kept = proof[i];

		proof[i] = proof[n - 1 - i];
		proof[n - 1 - i] = kept;
	}
}

/* Section 2.1.1, from the root down; the proof is written from the leaf up. */
size_t
td_merkle_inclusion(const struct merkle_hash *leaf, size_t n, size_t index, struct merkle_hash proof[MERKLE_PROOF_N])
{
	size_t made = 0;

	while (n > 1) {
		size_t k = split(n);

		if (index < k) {
			td_merkle_head_of(leaf + k, n - k, &proof[made++]);
			n = k;
		} else {
			td_merkle_head_of(leaf, k, &proof[made++]);
			leaf += k;
			index -= k;
			n -= k;
		}
	}
	td_merkle_reverse(proof, made);
	return made;
}

/* Section 2.1.2. */
size_t
td_merkle_consistency(const struct merkle_hash *leaf, size_t n, size_t older, struct merkle_hash proof[MERKLE_PROOF_N])
{
	size_t made = 0;
	bool   is_whole = true;         /* the older tree is a subtree the checker already knows */

	while (older < n) {
		size_t k = split(n);

		if (older <= k) {
			td_merkle_head_of(leaf + k, n - k, &proof[made++]);
			n = k;
		} else {
			td_merkle_head_of(leaf, k, &proof[made++]);
			leaf += k;
			older -= k;
			n -= k;
			is_whole = false;
		}
	}
	if (!is_whole)
		td_merkle_head_of(leaf, n, &proof[made++]);
	td_merkle_reverse(proof, made);
	return made;
}

/* RFC 9162 section 2.1.3.2. */
bool
td_merkle_is_included(const struct merkle_hash *leaf, uint64_t index, uint64_t n, const struct merkle_hash *proof,
	size_t proof_n, const struct merkle_hash *head)
{
	struct merkle_hash sum = *leaf;
	uint64_t           at = index, last = n - 1;

	if (index >= n)
		return false;
	for (size_t i = 0; i < proof_n; i++) {
		if (last == 0)
			return false;
		if ((at & 1) || at == last) {
			td_merkle_node(&proof[i], &sum, &sum);
			while (!(at & 1) && at != 0)
				at >>= 1, last >>= 1;
		} else {
			td_merkle_node(&sum, &proof[i], &sum);
		}
		at >>= 1, last >>= 1;
	}
	return last == 0 && same(&sum, head);
}

/* RFC 9162 section 2.1.4.2. */
bool
td_merkle_is_consistent(uint64_t older, const struct merkle_hash *older_head, uint64_t n,
	const struct merkle_hash *head, const struct merkle_hash *proof, size_t proof_n)
{
	uint64_t           at = older - 1, last = n - 1;
	struct merkle_hash was, is;
	bool               is_power = older > 0 && (older & (older - 1)) == 0;
	size_t             i = is_power ? 0 : 1;

	if (older == 0 || older > n)
		return false;
	if (older == n)
		return proof_n == 0 && same(older_head, head);
	if (proof_n == 0)
		return false;
	was = is = is_power ? *older_head : proof[0];
	while (at & 1)
		at >>= 1, last >>= 1;
	for (; i < proof_n; i++) {
		if (last == 0)
			return false;
		if ((at & 1) || at == last) {
			td_merkle_node(&proof[i], &was, &was);
			td_merkle_node(&proof[i], &is, &is);
			while (!(at & 1) && at != 0)
				at >>= 1, last >>= 1;
		} else {
			td_merkle_node(&is, &proof[i], &is);
		}
		at >>= 1, last >>= 1;
	}
	return last == 0 && same(&was, older_head) && same(&is, head);
}
