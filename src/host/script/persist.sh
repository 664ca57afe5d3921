# Links come back after a reboot: apply keeps its spec, and a unit of systemd makes the links of all kept specs before Docker starts (boot.sh).
# Reads: $spec, $owner, $action, $records; $lasting, the spec to keep, empty for none. Prints: what the system says. May fail: when a folder
# cannot be written to.
units=/etc/systemd/system
unit=vlan-trunk.service

asks_to_last() {
  case $spec in *"
persist "*) ;; *) return 1 ;; esac
}

lasting_spec() { ! asks_to_last || printf '%s\n' "$spec"; }

# Why this host cannot do what the spec asks for, as a problem.
no_return() {
  asks_to_last || return 0
  because=$(refused_by_system)
  if [ -n "$because" ]; then
    printf '%s\n' "$because"
    return
  elif [ ! -d /run/systemd/system ]; then
    why='systemd does not run on this host'
  elif [ ! -w "$units" ]; then
    why="$units cannot be written to"
  elif [ -e "$units/$unit" ] && ! is_our_unit; then
    why="$units/$unit is not of vlan-trunk"
  else
    no_manager
    return
  fi
  echo "links cannot come back after a reboot, because $why: persistence: 'none' on the Host does without"
}

is_our_unit() { case $(cat "$units/$unit") in *"$unit_script"*) ;; *) return 1 ;; esac; }

keep_spec() {
  if [ -n "$lasting" ]; then
    { [ -d "$records/.spec" ] || mkdir -p "$records/.spec"; } && put "$records/.spec/$owner" "$lasting"
  elif [ -d "$records/.spec" ]; then
    drop "$records/.spec/$owner"
    rmdir "$records/.spec" 2>/dev/null || true
  fi
}

# The unit is there for as long as a spec is. Only an apply writes it: scripts of other releases stand beside this one.
arrange_unit() {
  if [ ! -d "$records/.spec" ]; then
    drop_unit
  elif [ "$action" = apply ]; then
    point_unit && write_unit
  fi
}

# To the script of the last apply.
point_unit() {
  # shellcheck disable=SC3013 # see drop_unused
  [ ! "$unit_script" -ef "$records/.script/$owner" ] || return 0
  ln -sfn "$(readlink "$records/.script/$owner")" "$unit_script" && drop_unused "$records/.script"
}

# Of what is written for the first time systemd need not be told: it reads the folder at boot, and the unit when somebody asks for it.
write_unit() {
  if [ ! -e "$units/$unit" ]; then
    put_for_all "$units/$unit" "$(unit_text)" || return 1
  elif [ "$(cat "$units/$unit")" != "$(unit_text)" ]; then
    put_for_all "$units/$unit" "$(unit_text)" && systemctl daemon-reload || return 1
  fi
  want_unit multi-user.target || return 1
  # Where ifupdown has run since the boot.
  [ ! -e /run/network/ifstate ] || [ -L "$units/networking.service.wants/$unit" ] || { want_unit networking.service && systemctl daemon-reload; }
}

# By another unit, whose start starts ours.
want_unit() {
  [ -L "$units/$1.wants/$unit" ] || { (umask 022 && mkdir -p "$units/$1.wants") && ln -sf "$units/$unit" "$units/$1.wants/$unit"; }
}

unwant_unit() {
  [ -d "$units/$1.wants" ] || return 0
  rm -f "$units/$1.wants/$unit"
  # As systemctl disable does.
  rmdir "$units/$1.wants" 2>/dev/null
}

drop_unit() {
  [ ! -L "$unit_script" ] || { rm -f "$unit_script"; drop_unused "$records/.script"; }
  rm -f "$units/.$unit"
  [ -f "$units/$unit" ] && is_our_unit || return 0
  known=$(knows_unit)
  # Ends what still waits for a parent, and leaves no trace in the lists of systemd.
  [ -z "$known" ] || { systemctl stop "$unit" 2>/dev/null; systemctl reset-failed "$unit" 2>/dev/null; }
  unwant_unit multi-user.target
  unwant_unit networking.service
  # Last, so that a removal that is cut off comes here again.
  rm -f "$units/$unit"
  [ -z "$known" ] || systemctl daemon-reload
}

# Where the host has neither booted nor reloaded its units since the unit came, systemd does not know it, and to tell it would cost a second. Any other
# question would make it read the file. One that fails means yes.
knows_unit() { systemctl list-units --all --no-legend --plain "$unit" 2>/dev/null || echo unknown; }

# After network.target, because the managers that configure the parent have been started then. Not before network-online.target: /var may be on
# a disk that waits for it. "forking", because what comes too late for Docker is waited for beside it. A restart of ifupdown, which takes the parent
# down, takes routes and IPv6 addresses of its VLANs along: the unit is started again after it, by PartOf if it ran before, else as a want.
unit_text() {
  cat <<UNIT
[Unit]
Description=Links of vlan-trunk: VLANs and shims, before Docker
After=network-pre.target network.target networking.service
PartOf=networking.service
Before=docker.service
RequiresMountsFor=$records
ConditionPathExists=$unit_script

[Service]
Type=forking
RemainAfterExit=yes
ExecStart=/bin/sh $unit_script boot
SyslogIdentifier=vlan-trunk
TimeoutStartSec=60

[Install]
WantedBy=multi-user.target
UNIT
}
