# What the parts have in common that work in the network namespaces of containers. The host's own tools do it, so images need none.
# Reads: the data, with a line "sudo" where root comes by it.
# Sets: $lines, those lines; $sudo, the words in front of what needs root.
lines=$(data)
sudo=
case "
$lines
" in
*"
sudo
"*) sudo='sudo -n' ;;
esac
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
  blanks=$IFS
  IFS='
'
  for line in $containers; do case $line in "/$1 "*) pid=${line##* } && break ;; esac; done
  IFS=$blanks
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

# The value behind a word, in a line of ip. Without other programs, of which each costs a small host more than the rest.
after() {
  read -r text || [ -n "$text" ] || return 0
  take_after "$1" "$text"
  [ -z "$value" ] || printf '%s\n' "$value"
}

# WORD LINE; sets $value.
take_after() {
  value=${2#*" $1 "}
  if [ "$value" = "$2" ]; then value=; else value=${value%% *}; fi
}

# ADDRESS SIZE: of the whole packet, which then must not be cut in pieces.
pinged() {
  if [ "$2" = - ]; then within ping -n -c 1 -W 1 "$1" </dev/null; else
    case $1 in *:*) head=48 ;; *) head=28 ;; esac
    within ping -n -c 1 -W 1 -M 'do' -s $(($2 - head)) "$1" </dev/null
  fi
}

# LINK in the namespace: what it is, and the interface of the host that it stands on. Sets: $parent.
print_link() { print_shown_link "$1" "$(within ip -o -d link show dev "$1" 2>/dev/null)"; }

# LINK, and how ip shows it.
print_shown_link() {
  take_after mtu "$2"
  printf ' mtu=%s' "$value"
  # "mode DEFAULT", of something else, stands before it.
  case $2 in *[cp]'vlan '*'mode '*) take_after mode " ${2#*[cp]vlan }"; printf ' mode=%s' "$value" ;; esac
  if [ -z "$pid" ]; then shown=$2; else
    case $2 in *@if*) index=${2#*@if}; index=${index%%:*} ;; *) index=none ;; esac
    shown=$(ip -o -d link show 2>/dev/null | grep "^$index: ")
  fi
  parent=${shown#*: }
  parent=${parent%%[@:]*}
  [ -n "$parent" ] || return 0
  flags=${shown#*<}
  state=down
  case ",${flags%%>*}," in *,UP,*) take_after state "$shown"; state=$value ;; esac
  case $state in UP) state=up ;; *[A-Z]*) state=$(printf '%s\n' "$state" | tr '[:upper:]' '[:lower:]') ;; esac
  case $shown in *' vlan protocol '*) take_after id "${shown#*' vlan protocol '}" ;; *) value= ;; esac
  printf ' parent=%s state=%s vlan=%s' "$parent" "$state" "$value"
}
