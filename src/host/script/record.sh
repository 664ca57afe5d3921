# An owner's record: which links it uses and what it changed on them, one "LINK TEXT" a line.
# Reads: $records, $owner; argument: the record. Prints: nothing. May fail: when the folder cannot be written to.

# Writes the record in one step; an empty one is no record.
write_record() {
  if [ -n "$1" ]; then
    mkdir -p "$records" && printf '%s\n' "$1" >"$records/.$owner" && mv "$records/.$owner" "$records/$owner" && return 0
    # A full disk takes the name of a file and none of its text.
    rm -f "$records/.$owner"
    rmdir "$records" 2>/dev/null
    return 1
  else
    rm -f "$records/$owner" && { [ ! -d "$records" ] || rmdir "$records" 2>/dev/null || true; }
  fi
}

own_notes() { printf '%s\n' "$1" | awk -v owner="$owner" "$own_notes_awk"; }
