# An owner's record: which links it uses and what it changed on them, one "LINK TEXT" a line.
# Reads: $records, $owner, $lasting, $kept_spec; argument: the record. Prints: nothing. May fail: when a folder cannot be written to.

# Writes the record in one step, and before it all that goes with it: the script that can take away what it names, and what keeps the links. An
# empty one is no record.
write_record() {
  if [ -n "$1" ]; then
    { [ -d "$records" ] || mkdir -p "$records"; } && keep_script && keep_spec && arrange_unit && keep_from_managers "$1" && put "$records/$owner" "$1" && return 0
    lasting=$kept_spec
    keep_spec
    arrange_unit
    keep_from_managers "$(cat "$records/$owner" 2>/dev/null)"
    [ -e "$records/$owner" ] || drop_script
    drop_folder
    return 1
  else
    lasting=''
    drop "$records/$owner" && keep_from_managers '' && {
      [ ! -d "$records" ] || { keep_spec; arrange_unit; drop_revision; }
      drop_script
      drop_folder
    }
  fi
}

# Writes a file in one step. A full disk takes the name of a file and none of its text; so does a power cut, unless the text is flushed first.
put() {
  new=${1%/*}/.${1##*/}
  printf '%s\n' "$2" >"$new" && { [ -z "${3:-}" ] || flush_files "$new"; } && mv "$new" "$1" && return 0
  rm -f "$new"
  return 1
}

# Removes such a file, and what a run that was killed while it wrote it has left.
drop() { rm -f "$1" "${1%/*}/.${1##*/}"; }

# A file of ours that is found empty would not be known as ours.
put_for_all() { (umask 022 && put "$1" "$2" flushed); }

drop_folder() { rmdir "$records" 2>/dev/null || true; }

# The lines of this owner's record in an observation.
own_notes() { part "$1" "note $owner"; }

# The links of the record as a spec that removal.awk reads.
recorded_spec() {
  if [ -e "$records/$owner" ]; then
    awk -v owner="$owner" -v action="$action" "$recorded_spec_awk" "$records/$owner"
  else
    echo "owner $owner"
  fi
}
