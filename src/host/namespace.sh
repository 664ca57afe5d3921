# What the parts have in common that work in the network namespaces of containers. The host's own tools do it, so images need none.
# Reads: $all, with the lines behind "-- vlan-trunk data", one of them "sudo" where root comes by it.
# Sets: $lines, those lines; $sudo, the words in front of what needs root.
lines=$(printf '%s\n' "$all" | sed '1,/^-- vlan-trunk data$/d')
sudo=
! printf '%s\n' "$lines" | grep -qx sudo || sudo='sudo -n'
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

# Sets $containers: the names of containers, one a line, each with its process.
find_processes() {
  containers=
  # shellcheck disable=SC2086 # one word a container
  [ -z "$1" ] || containers=$(docker container inspect --format '{{.Name}} {{.State.Pid}}' $1 2>/dev/null </dev/null)
}

# Sets $pid and $container: running, stopped, absent; both empty for the host itself.
find_container() {
  pid='' container=''
  [ "$1" != - ] || return 0
  pid=$(printf '%s\n' "$containers" | sed -n "s|^/$1 ||p")
  case $pid in '') container=absent ;; 0) container=stopped pid='' ;; *) container=running ;; esac
}

# In the network namespace of process $pid; without one in the host's own.
within() {
  if [ -z "$pid" ]; then "$@"; else
    # shellcheck disable=SC2086 # two words
    $sudo nsenter --target "$pid" --net -- "$@"
  fi
}

# The same by root, who may change there what all may read.
as_root() { if [ -z "$pid" ]; then $sudo "$@"; else within "$@"; fi; }

# The value behind a word, in a line of ip.
after() {
  read -r text || [ -n "$text" ] || return 0
  text=" $text"
  value=${text#*" $1 "}
  [ "$value" = "$text" ] || printf '%s\n' "${value%% *}"
}

# ADDRESS SIZE: of the whole packet, which then must not be cut in pieces.
pinged() {
  if [ "$2" = - ]; then within ping -n -c 1 -W 1 "$1" </dev/null; else
    case $1 in *:*) head=48 ;; *) head=28 ;; esac
    within ping -n -c 1 -W 1 -M 'do' -s $(($2 - head)) "$1" </dev/null
  fi
}

# LINK in the namespace: what it is, and the interface of the host that it stands on.
print_link() {
  shown=$(within ip -o -d link show dev "$1" 2>/dev/null)
  printf ' mtu=%s mode=%s' "$(printf '%s\n' "$shown" | after mtu)" "$(printf '%s\n' "$shown" | sed -n 's/.* [im][a-z]*vlan mode \([a-z0-9]*\).*/\1/p')"
  if [ -z "$pid" ]; then parent=$1; else
    index=$(printf '%s\n' "$shown" | sed -n 's/^[0-9]*: [^@: ]*@if\([0-9]*\):.*/\1/p')
    parent=$(ip -o link show 2>/dev/null | sed -n "s/^${index:-none}: \([^@: ]*\)[@:].*/\1/p")
  fi
  [ -n "$parent" ] || return 0
  shown=$(ip -o -d link show dev "$parent" 2>/dev/null)
  case $(printf '%s\n' "$shown" | sed -n 's/^[^<]*<\([^>]*\)>.*/,\1,/p') in *,UP,*) state=$(printf '%s\n' "$shown" | after state | tr '[:upper:]' '[:lower:]') ;; *) state=down ;; esac
  printf ' parent=%s state=%s vlan=%s' "$parent" "$state" "$(printf '%s\n' "$shown" | sed -n 's/.* vlan protocol [^ ]* id \([0-9]*\) .*/\1/p')"
}
