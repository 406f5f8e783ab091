#!/usr/bin/env bash
# What action.yml runs: async-tidy with the inputs of the action, which come as
# variables. The exit code goes to the action's outputs, so that reports are
# uploaded before the job fails.
set -uo pipefail

reports=${RUNNER_TEMP:-/tmp}
arguments=(-p "${BUILD_DIR:-build}" "--fail-on=${FAIL_ON:-style}"
  --output=github "--output=json:$reports/async-tidy.json"
  "--output=sarif:$reports/async-tidy.sarif")
[[ -z ${CHECKS:-} ]] || arguments+=("--checks=$CHECKS")
[[ -z ${BASELINE:-} ]] || arguments+=("--baseline=$BASELINE")
[[ -z ${JOBS:-} ]] || arguments+=(-j "$JOBS")
if [[ -n ${BASE:-} && $BASE != none ]]; then
  # A shallow checkout, which is the default, does not have it.
  git cat-file -e "$BASE^{commit}" 2>/dev/null ||
    git fetch --quiet --depth=1 origin "$BASE"
  arguments+=("--base=$BASE")
fi
# The pages of checks are in the repository of the action.
[[ -z ${ACTION_REPOSITORY:-} ]] ||
  arguments+=("--docs-url=${GITHUB_SERVER_URL:-https://github.com}/$ACTION_REPOSITORY/blob/${ACTION_REF:-HEAD}/docs")
while IFS= read -r line; do
  [[ -z $line ]] || arguments+=("$line")
done <<<"${ARGUMENTS:-}"
# Files are separated by space, as a shell would.
read -r -a files <<<"${FILES:-}"

"${ASYNC_TIDY:-async-tidy}" "${arguments[@]}" "${files[@]}"
code=$?
{
  echo "exit-code=$code"
  for format in json sarif; do
    [[ ! -f $reports/async-tidy.$format ]] ||
      echo "$format=$reports/async-tidy.$format"
  done
} >>"${GITHUB_OUTPUT:-/dev/null}"
# A mistake in the inputs has no annotation yet.
((code != 2)) || echo "::error title=async-tidy::the inputs of the action are wrong; see the log"
exit 0
