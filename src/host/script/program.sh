# Runs one of the awk programs on the spec and on observations, each after a line "--".
# Reads: $spec, $peer, $self, $guarded, $action; arguments: the program, then the observations. Prints: what the program prints. May fail: as the program does.
run_awk() {
  program=$1
  shift
  { printf '%s\n' "$spec"; for facts in "$@"; do printf '%s\n' -- "$facts"; done; } |
    awk -v peer="$peer" -v self="$self" -v guarded="$guarded" -v action="$action" "$spec_awk$program"
}

plan() { run_awk "$leaving_awk$subnet_awk$cut_off_awk$plan_awk" "$1"; }
plan_removal() { run_awk "$subnet_awk$cut_off_awk$removal_awk" "$1"; }
plan_undo() { run_awk "$subnet_awk$cut_off_awk$undo_awk" "$1" "$2"; }
plan_giving_back() { run_awk "$give_back_awk" "$1" "$2"; }
# The lines of an observation that a rollback must bring back.
facts_of() { run_awk "$facts_awk" "$1" | sort; }
