# The beginning of a session with a host: what probe.sh and checkLinks.sh print by.
# Prints: one fact a line behind a marker, so that text of the login shell or of a program is never read as a fact. After all parts, "end".
fact() { printf 'vlan-trunk-probe %s\n' "$*"; }
# The login shell may have printed a line without its end.
echo
