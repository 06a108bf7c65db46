#!/bin/bash
# An array of Slurm: sbatch --export=ALL,IN=/texts,OUT=/editions deploy/slurm-array.sh; when all have ended: shanben merge /editions -o /all
# A task that is requeued goes on where it was.
#SBATCH --job-name=shanben
#SBATCH --array=0-15
#SBATCH --cpus-per-task=2
#SBATCH --mem=2G
#SBATCH --requeue
#SBATCH --output=shanben-%a.log
set -u
${SHANBEN:-shanben} convert "${IN:?}" -o "${OUT:?}" --shard auto -t "${FORMATS:-pdf,md}" -j "${SLURM_CPUS_PER_TASK:-1}" -q --report "$OUT/$SLURM_ARRAY_TASK_ID.jsonl"
end=$?
# Some texts failed, which the report names: the task has done what it could.
[ "$end" -eq 1 ] && exit 0
exit "$end"
