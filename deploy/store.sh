#!/bin/bash
# An object store that speaks S3: deploy/store.sh s3://texts/01.tar s3://editions/01.tar. An archive of texts comes in through a pipe, an archive of editions goes out
# through another, and nothing is written to the disk here. What a killed run has sent stands under another name, so the place of the editions has all of them or none.
set -euo pipefail
in=$1 out=$2
aws s3 cp --quiet "$in" - | { ${SHANBEN:-shanben} convert - -o - -t "${FORMATS:-pdf,md}" -q || [ $? -eq 1 ]; } | aws s3 cp --quiet - "$out.part"
aws s3 mv --quiet "$out.part" "$out"
