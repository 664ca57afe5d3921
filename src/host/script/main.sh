# Makes, checks or removes what one owner declares on this host: the VLAN subinterfaces of a trunk, or a shim.
#
#   apply    make the links, verify them, undo everything when one check fails
#   check    report what would go wrong, change nothing
#   stage    keep this script for the apply that follows; unstage takes it back where none does
#   sweep    take away what an owner made and declares no more: apply leaves it there for the networks that are still on it
#   remove   take away all that an owner made, and nothing else
#   confirm  keep a change that this host would take back, over a connection that was made after it; watch is the process that takes it back
#   hold     put off the time of such a change; undo has the process take it back now
#   boot     restore each owner that has a kept spec; the unit starts it
#   restore  apply the kept spec of an owner
#
# The declaration is in $spec or comes on stdin, one word list a line (see trunkSpec.ts); remove, sweep and restore read the owner alone, the first
# two "networks LABEL" as well:
#   owner OWNER | parent LINK [declared] | persist unit|networkd|networkmanager | confirm SECONDS | routing isolated|between [GROUP]
#   vlan LINK ID PROTOCOL MTU-or-dash | shim LINK macvlan|ipvlan MODE[/FLAG]
#   qos LINK egress|ingress FROM TO
#   address LINK CIDR | route LINK CIDR GATEWAY-or-dash SOURCE-or-dash | sysctl LINK ipv4|ipv6 KEY VALUE
# "declared" is a parent that the same program makes, so that check does not miss it: a shim's, and the outer VLAN of a trunk. "persist" asks for links
# that come back after a reboot (persist.sh, managed.sh). A sysctl is set on links only that we made, but for forwarding. "routing" is what routing.sh is for: GROUP is
# the owner of the trunk that a shim is on, or one word for VLANs that are declared one by one; without it, the owner itself.
#
# A link that we made carries the alias "vlan-trunk" in the kernel, and a record names what it was made as. Without the alias it is
# still ours if parent and VLAN ID are those of the record, because Docker makes a missing link anew at boot. Any other link was there
# before us, is used as it is, and is never deleted. $records/OWNER records which links an owner uses and what it changed on them, so
# that a link that two stacks use goes with the second one only: LINK used | LINK made PARENT/KIND/ID | LINK address CIDR |
# LINK route CIDR | LINK routing isolated|between [GROUP] | LINK forwards FAMILY/KEY (it was off) | LINK down (it was, with the addresses of
# LINK had CIDR) | LINK departs (declared no more).
#
# This part runs last: the functions of the other parts and the awk programs, each in a variable, stand before it (joinScript.ts).
# Reads: $spec or stdin; arguments: the action, sshd's SSH_CONNECTION, for check and stage the name under which it is kept, for apply its revision and
# the value of the networks' owner label (drift.sh), for confirm, hold, undo and watch the ID of the change.
# Prints: what the action prints. May fail: without root or a tool, on the lock.
set -fu
LC_ALL=C
# What ssh and sudo give us first, since not every system keeps its programs where the others do.
PATH=${PATH:+$PATH:}/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH
records=/var/lib/vlan-trunk
revisions=$records/.revision
armed_folder=$records/.armed
reports=$records/.revert
staged=/var/run/vlan-trunk
unit_script=$records/.script/unit
umask 077
force=
armed=
guarded=
works=

# Every line of an error carries our name, which tells it from the words of ssh and sudo.
fail() {
  printf '%s\n' "$@" | printable | sed '201,$d; s/^/vlan-trunk: /' >&2
  exit 1
}

# Names of links, files and containers may hold what a terminal obeys.
printable() { tr -c '\n -~' '?' | cut -c 1-1000; }

# An address may have a zone, or be an IPv4 one in IPv6 words.
bare_address() {
  address=${1%%%*}
  case $address in *.*) address=${address##*:} ;; esac
  printf '%s\n' "$address"
}

[ "$(id -u)" = 0 ] || fail "needs root on this host and runs as $(id -un): set sudo on the Host"
for tool in ip awk flock; do
  command -v "$tool" >/dev/null || fail "$tool is missing on this host (Debian packages: iproute2, mawk, util-linux)"
done

action=$1
# sshd's "ADDRESS PORT ADDRESS PORT", theirs and ours.
peer=${2:-}
self=${peer#* * }
peer=$(bare_address "${peer%% *}")
self=$(bare_address "${self%% *}")
keep=
revision=
label=
case $action in apply) revision=${3:-} label=${4:-} ;; *) keep=${3:-} ;; esac
case $action in boot | watch) "$action"; exit ;; esac
[ -n "${spec+set}" ] || spec=$(cat)
owner=$(part "$spec" owner)
case $owner in '' | *[!A-Za-z0-9._:%+-]*) fail "the spec names no owner" ;; esac
case $action in
check) ;;
apply) lock_settled ;;
# Removed while it waited for the lock.
restore) lock_settled; [ -e "$records/.spec/$owner" ] || exit 0; spec=$(restorable_spec) || fail "could not read $records/.spec/$owner" ;;
remove | sweep)
  lock_settled
  label=$(part "$spec" networks)
  spec=$(recorded_spec) || fail "could not read $records/$owner"
  ;;
# Less than the time that the controller gives a session.
stage) lock 30; stage; exit ;;
confirm | hold | undo) lock 30; "$action" "$keep"; exit ;;
unstage) lock 30; [ -e "$records/$owner" ] || drop_script; exit ;;
esac
# What removes reads no more of a spec than the owner.
case $action in
apply | check | restore)
  odd=$(printf '%s\n' "$spec" | awk "$well_formed_awk")
  [ -z "$odd" ] || fail "the spec of $owner is not as it was sent: $odd"
  ;;
esac
see || fail "could not read the links of this host: $words"
before=$observed
kept_spec=
[ ! -e "$records/.spec/$owner" ] || kept_spec=$(cat "$records/.spec/$owner" 2>/dev/null)
lasting=$kept_spec
"$action"
[ "$action" != check ] || [ -z "$keep" ] || offer
