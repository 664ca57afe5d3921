# An owner's record: which links it uses and what it changed on them, one "LINK TEXT" a line.
# Reads: $records, $owner; argument: the record. Prints: nothing. May fail: when the folder cannot be written to.

# Writes the record in one step, and before it the script that can take away what it names; an empty one is no record.
write_record() {
  if [ -n "$1" ]; then
    mkdir -p "$records" && keep_script && printf '%s\n' "$1" >"$records/.$owner" && mv "$records/.$owner" "$records/$owner" && return 0
    # A full disk takes the name of a file and none of its text.
    rm -f "$records/.$owner"
    [ -e "$records/$owner" ] || drop_script
    drop_folder
    return 1
  else
    rm -f "$records/$owner" && { [ ! -d "$records" ] || { drop_revision; drop_script; drop_folder; }; }
  fi
}

drop_folder() { rmdir "$records" 2>/dev/null || true; }

own_notes() { printf '%s\n' "$1" | awk -v owner="$owner" "$own_notes_awk"; }

# The links of the record as a spec that removal.awk reads.
recorded_spec() {
  if [ -e "$records/$owner" ]; then
    awk -v owner="$owner" -v action="$action" "$recorded_spec_awk" "$records/$owner"
  else
    echo "owner $owner"
  fi
}
