#!/usr/bin/env bash
# A short one of tests/faults/test_kill_points.sh.
set -euo pipefail
bash "$(dirname "${BASH_SOURCE[0]}")/../faults/test_kill_points.sh" 2
