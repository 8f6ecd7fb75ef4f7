#!/bin/sh
# Parts of a run as processes of one machine, by GNU parallel; the exit code is that of the whole.
# Usage: ci/parallel.sh COUNT OUT [ARGUMENTS OF rcs-conformance run]
# tests/project/test_shards.py runs it.
set -eu
count=$1 out=$2
shift 2
parts=$(mktemp -d)
trap 'rm -rf "$parts"' EXIT
seq "$count" | parallel -q rcs-conformance run "$@" -q --shard "{}/$count" --out "$parts/{}" >&2 || true
rcs-conformance merge "$parts"/* --out "$out"
