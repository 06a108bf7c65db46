# Sourced by the script of each engine with its words (BINARY): a folder of its own to stand in, which goes away with all that was started; texts; what one run makes of them.
engine=$(basename "$0")
export BINARY
BINARY=$(realpath "$1")
deploy=$(cd "$(dirname "$0")/../../deploy" && pwd)
tools=${SHANBEN_TOOLS:-$HOME/.cache/shanben-tools}
started=()
skip() { echo "$engine: SKIPPED, $*" >&2; exit 0; }
fail() { echo "$engine: $*" >&2; exit 1; }
leave() {
  for process in "${started[@]}"; do kill "$process" 2>/dev/null && tail --pid="$process" -f /dev/null; done
  cd / && rm -rf "$work"
}
work=$(mktemp -d)
trap leave EXIT
cd "$work"

# texts: 400 of them in the four folders of `in`, and in `one` what one run makes of them.
texts() {
  for n in $(seq 400); do
    mkdir -p "in/$((n % 4))"
    { printf '第%d篇\n\n' "$n"; printf '　　天色将晚,山道上只剩下一个挑担子的人.%.0s\n' $(seq 200); } > "in/$((n % 4))/$n.txt"
  done
  "$BINARY" convert in -o one -t pdf,md -q
}

# archives: the same texts, a tar for each folder, in `tars`.
archives() {
  mkdir tars
  for n in 0 1 2 3; do tar -C in -cf "tars/$n.tar" "$n"; done
}

# as_one_run FOLDER: a folder that was merged has the bytes of one run, its files agree, and nothing is left to do.
as_one_run() {
  diff -r --exclude='.shanben*' one "$1" || fail "what was merged is not what one run makes"
  "$BINARY" verify "$1" -q >/dev/null
  "$BINARY" convert in -o "$1" -t pdf,md 2>&1 | grep -q '400 up to date' || fail "what was merged is not up to date"
}

# unpacked_as_one_run FOLDER: the archives of editions there have, unpacked, the bytes of one run.
unpacked_as_one_run() {
  mkdir all
  for n in 0 1 2 3; do tar -C all -xf "$1/$n.tar" --exclude report.jsonl; done
  diff -r --exclude='.shanben*' one all || fail "what came through pipes is not what one run makes"
}
