# This script on the host. The check before an "up" stages it under /var/run; apply keeps it beside its record, so that remove and sweep need
# nothing but the host. Each folder holds scripts by the name of their content, and a link to one for each owner.
# Reads: $all, $keep, $owner, $staged, $records. Prints: nothing, or "staged" or "kept". May fail: when a folder cannot be written to.

stage() { write_staged || fail "could not write to $staged"; }

# At a check that an apply may follow. Where there is a record, its removal may come before the apply and would take what is staged along, so this
# only says whether the last apply has kept the same script. A check is never held up for long.
offer() {
  if [ ! -e "$records/$owner" ]; then
    ! try_lock 5 || { stage; echo staged; }
  elif [ -e "$records/.script/$owner" ] && [ ! -e "$staged/$owner" ] && [ "$(readlink "$records/.script/$owner")" = "$keep" ]; then
    echo kept
  fi
}

write_staged() {
  mkdir -p "$staged" && script_text >"$staged/.$keep" && mv "$staged/.$keep" "$staged/$keep" && ln -sfn "$keep" "$staged/$owner"
}

# The session holds it between two lines (hostSession.ts).
script_text() { printf '%s\n' "$all" | sed -n '1,/^# -- vlan-trunk script$/d; /^# -- vlan-trunk script ends$/q; p'; }

# Where this script runs from the staged one.
keep_script() {
  [ "$0" = "$staged/$owner" ] && [ -e "$0" ] || return 0
  kept=$(readlink "$0")
  mkdir -p "$records/.script" && cp "$staged/$kept" "$records/.script/.$kept" || return 1
  # It would be taken for the script that was kept, and does nothing when it is empty.
  flush_files "$records/.script/.$kept"
  mv "$records/.script/.$kept" "$records/.script/$kept" && ln -sfn "$kept" "$records/.script/$owner" || return 1
  rm -f "$staged/$owner"
  drop_unused "$staged"
  drop_unused "$records/.script"
}

drop_script() {
  rm -f "$staged/$owner"
  drop_unused "$staged"
  # The link goes last: a removal that is cut off is found by it.
  drop_unused "$records/.script" "$owner"
  rm -f "$records/.script/$owner"
  rmdir "$records/.script" 2>/dev/null || true
}

# Scripts that no owner has any more, or none but the one of the second argument, and the folder with the last of them. An owner's name holds a "+".
drop_unused() {
  folder=$1
  but=${2:-}
  linked=
  set +f
  set -- "$folder"/* "$folder"/.[!.]*
  set -f
  for file; do
    if [ -L "$file" ]; then
      linked=yes
      continue
    fi
    case ${file##*/} in *+*) continue ;; esac
    [ -f "$file" ] || continue
    for link; do
      # shellcheck disable=SC3013 # POSIX has -ef since 2024, shells have had it before
      [ ! -L "$link" ] || [ "${link##*/}" = "$but" ] || [ ! "$link" -ef "$file" ] || continue 2
    done
    rm -f "$file"
  done
  [ -n "$linked" ] || rmdir "$folder" 2>/dev/null || true
}
