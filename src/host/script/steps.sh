# Carries out a plan: makes links ("make IP-COMMAND"), sets their sysctls ("set FAMILY LINK KEY VALUE"), then does the rest ("do IP-COMMAND").
# Reads: the plan, its argument. Prints: what ip and the kernel answer to the step that fails. May fail: at the first step that does.
take_steps() {
  batch "$(part "$1" make)" && set_sysctls "$(part "$1" set)" && batch "$(part "$1" 'do')"
}

# The lines of one kind, without the words for it. By the shell itself, since each program costs a small host more than all of this.
part() {
  case "
$1" in
  *"
$2 "*) ;;
  *) return 0 ;;
  esac
  blanks=$IFS
  IFS='
'
  for line in $1; do case $line in "$2 "*) printf '%s\n' "${line#"$2 "}" ;; esac; done
  IFS=$blanks
}

# With $force, goes on after a command that fails.
batch() { [ -z "$1" ] || printf '%s\n' "$1" | ip ${force:+"$force"} -batch - 2>&1; }

set_sysctls() {
  [ -z "$1" ] || printf '%s\n' "$1" | while read -r family link key value; do
    file=/proc/sys/net/$family/conf/$link/$key
    # A kernel without IPv6 has none to set, nor has a link with an MTU below 1280.
    [ ! -e "$file" ] || printf '%s\n' "$value" >"$file" || return 1
  done 2>&1
}

# What a plan does that is more than the spec asks for.
warnings() {
  case "
$1" in
  *"
warning "*) part "$1" warning | sed 's/^/warning: /' | printable ;;
  esac
}

# The steps of a plan as commands that a person knows.
steps() {
  blanks=$IFS
  IFS='
'
  for line in $1; do
    case $line in
    'make '* | 'do '*) printf 'ip %s\n' "${line#* }" ;;
    'set '*) printf 'sysctl %s\n' "${line#* }" ;;
    esac
  done
  IFS=$blanks
}
