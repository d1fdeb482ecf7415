package main

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// Kind and time are the second and third line of the statement, the commitment its hash; an erased one is the entry itself.
func entryOf(statement []byte) []byte {
	lines := strings.SplitN(string(statement), "\n", 4)
	if len(lines) < 4 || lines[0] != "tidings-statement/1" {
		return statement
	}
	return []byte(fmt.Sprintf("tidings-ledger/1\n%s\n%s\ncommit sha256:%x\n", lines[1], lines[2], sha256.Sum256(statement)))
}
