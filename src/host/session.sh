# The beginning of a session with a host: what probe.sh and checkLinks.sh print by.
# Reads: $all, the text of the session.
# Prints: one fact a line behind a marker, so that text of the login shell or of a program is never read as a fact. After all parts, "end".
fact() { printf 'vlan-trunk-probe %s\n' "$*"; }
# Each line of a file or of stdin as a fact. Its last line may have no end, as that of an answer of the Engine has none.
facts_of() {
  named=$1
  shift
  sed "s/^/vlan-trunk-probe $named /" "$@"
  echo
}
# The lines of data, which the session has made comments of (hostSession.ts).
data() { printf '%s\n' "$all" | sed '1,/^#-- vlan-trunk data$/d; s/^#//'; }
# The login shell may have printed a line without its end.
echo
