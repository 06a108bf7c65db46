#!/bin/bash
# GNU Parallel: deploy/parallel.sh IN OUT N. A share that was killed is begun again by the same command, and goes on where it was; with --sshlogin the shares run on other
# machines that see the same files.
set -eu
in=$1 out=$2 shares=$3
mkdir -p "$out"
seq 0 $((shares - 1)) | parallel --will-cite --retries 3 -j "${JOBS:-100%}" --joblog "$out/parallel.log" \
  "${SHANBEN:-shanben} convert '$in' -o '$out/shares' --shard {}/$shares -t ${FORMATS:-pdf,md} -j 1 -q --report '$out/{}.jsonl' || [ \$? -eq 1 ]"
${SHANBEN:-shanben} merge "$out/shares" -o "$out/all"
