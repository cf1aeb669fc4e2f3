#!/usr/bin/env bash
# What the documents promise is there: the key reference is the registry's, links lead somewhere, named files exist.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

"$VESICAST" describe --markdown >"$SCRATCH/configuration.md"
diff -u "$SOURCE_DIR/docs/configuration.md" "$SCRATCH/configuration.md" ||
  fail "docs/configuration.md is not the registry's: vesicast describe --markdown >docs/configuration.md"

cd "$SOURCE_DIR"
for page in README.md ARCHITECTURE.md CONTRIBUTING.md CHANGELOG.md docs/*.md; do
  # Links to files of the repository, without their anchors.
  while read -r link; do
    [ -e "$(dirname "$page")/$link" ] || fail "$page links to $link, which does not exist"
  done < <(grep -oE '\]\([^):]+\)' "$page" | sed -E 's/^\]\(//; s/\)$//; s/#.*//' | grep . || true)
  # Source files and scripts named in the text.
  while read -r file; do
    compgen -G "$file" >/dev/null || fail "$page names $file, which does not exist"
  done < <(grep -oE '`(src|io|decomposition|scripts|configs|tests|benchmarks|docs)/[A-Za-z0-9_./*-]+`' "$page" | tr -d '`' | sort -u)
done
for command in scripts/quickstart scripts/test; do
  grep -q "$command" README.md || fail "README.md does not name $command"
done
echo "documents agree with the program and the tree"
