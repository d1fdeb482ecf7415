// Command tlogjudge reads a log that tidings wrote, with nothing of tidings: golang.org/x/mod/sumdb/tlog for trees and proofs,
// x/mod/sumdb/note and transparency-dev/formats/note for signatures.
//
// usage: tlogjudge LEDGER KEYS [OLDER-CHECKPOINT | PROOF]...
//
// LEDGER is the folder with checkpoint and tile/; KEYS a file with the keys of the log and of its witnesses.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	tdnote "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// The tree of a checkpoint, and who signed it.
func open(text []byte, keys note.Verifiers) (tlog.Tree, []string, error) {
	n, err := note.Open(text, keys)
	if err != nil {
		return tlog.Tree{}, nil, err
	}
	lines := strings.SplitN(n.Text, "\n", 4)
	if len(lines) != 4 || lines[3] != "" {
		return tlog.Tree{}, nil, errors.New("not three lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, nil, err
	}
	head, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(head) != tlog.HashSize {
		return tlog.Tree{}, nil, errors.New("the head is none")
	}
	var names []string
	for _, s := range n.Sigs {
		names = append(names, s.Name)
	}
	t := tlog.Tree{N: size}
	copy(t.Hash[:], head)
	return t, names, nil
}

func readKeys(path string) (note.Verifiers, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var all []note.Verifier
	for _, line := range strings.Fields(string(text)) {
		v, err := tdnote.NewVerifier(line)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", line, err)
		}
		all = append(all, v)
	}
	return note.VerifierList(all...), nil
}

// The tiles of C2SP tlog-tiles are those of x/mod with height 8 under another path.
type tiles struct{ folder string }

func (r tiles) path(t tlog.Tile) string {
	p := strings.TrimPrefix(t.Path(), "tile/8/")
	return filepath.Join(r.folder, "tile", filepath.FromSlash(strings.Replace(p, "data/", "entries/", 1)))
}
func (r tiles) Height() int                       { return 8 }
func (r tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (r tiles) ReadTiles(want []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, t := range want {
		data, err := os.ReadFile(r.path(t))
		if err != nil && t.W < 256 {
			full := t
			full.W = 256
			if data, err = os.ReadFile(r.path(full)); err == nil {
				data = data[:t.W*tlog.HashSize]
			}
		}
		if err != nil {
			return nil, err
		}
		out = append(out, data)
	}
	return out, nil
}

// Every entry is under the head, and so is its proof.
func entries(r tiles, t tlog.Tree, hashes tlog.HashReader) error {
	for n := int64(0); n*256 < t.N; n++ {
		w := 256
		if t.N-n*256 < 256 {
			w = int(t.N - n*256)
		}
		data, err := os.ReadFile(r.path(tlog.Tile{H: 8, L: -1, N: n, W: w}))
		if err != nil {
			return err
		}
		for i := int64(0); i < int64(w); i++ {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return fmt.Errorf("bundle %d is cut", n)
			}
			entry := data[2 : 2+binary.BigEndian.Uint16(data)]
			data = data[2+len(entry):]
			proof, err := tlog.ProveRecord(t.N, n*256+i, hashes)
			if err != nil {
				return err
			}
			if err := tlog.CheckRecord(proof, t.N, t.Hash, n*256+i, tlog.RecordHash(entry)); err != nil {
				return fmt.Errorf("entry %d: %w", n*256+i, err)
			}
		}
		if len(data) > 0 {
			return fmt.Errorf("bundle %d has more than its entries", n)
		}
	}
	return nil
}

// A C2SP tlog-proof: its entry follows from the statement in `extra` (doc/formats/ledger.md).
func proof(text []byte, keys note.Verifiers) (int64, error) {
	head, checkpoint, ok := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !ok || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return 0, errors.New("not a proof")
	}
	statement, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return 0, err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return 0, err
	}
	var path tlog.RecordProof
	for _, line := range lines[3:] {
		h, err := tlog.ParseHash(line)
		if err != nil {
			return 0, err
		}
		path = append(path, h)
	}
	t, _, err := open(checkpoint, keys)
	if err != nil {
		return 0, err
	}
	return index, tlog.CheckRecord(path, t.N, t.Hash, index, tlog.RecordHash(entryOf(statement)))
}

func run(args []string) error {
	if len(args) < 2 {
		return errors.New("usage: tlogjudge LEDGER KEYS [OLDER-CHECKPOINT | PROOF]...")
	}
	keys, err := readKeys(args[1])
	if err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(args[0], "checkpoint"))
	if err != nil {
		return err
	}
	t, names, err := open(text, keys)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	r := tiles{args[0]}
	hashes := tlog.TileHashReader(t, r)
	if err := entries(r, t, hashes); err != nil {
		return err
	}
	fmt.Printf("%d entries, signed by %s\n", t.N, strings.Join(names, " "))
	for _, path := range args[2:] {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if bytes.HasPrefix(text, []byte("c2sp.org/tlog-proof")) {
			index, err := proof(text, keys)
			if err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			fmt.Printf("entry %d is proved\n", index)
			continue
		}
		older, _, err := open(text, keys)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		p, err := tlog.ProveTree(t.N, older.N, hashes)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(p, t.N, t.Hash, older.N, older.Hash); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		fmt.Printf("goes on from %d entries\n", older.N)
	}
	return nil
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "tlogjudge:", err)
		os.Exit(1)
	}
}
