package docker

import "maps"

// containerFields: which input changes a running container, which is only remembered, and which makes a new one.
func containerFields() fields {
	all := fields{}
	for _, group := range []fields{behaviourFields(), resourceFields(), processFields(), wiringFields(), storageFields()} {
		maps.Copy(all, group)
	}
	return all
}

// behaviourFields tell the provider what to do; Docker knows nothing of most of them. None replaces.
func behaviourFields() fields {
	return fields{
		"rm":                    boolean(byDefault(false)),
		"start":                 boolean(byDefault(true)),
		"wait":                  boolean(byDefault(false)),
		"wait_timeout":          integer(byDefault(60)),
		"attach":                boolean(byDefault(false)),
		"logs":                  boolean(byDefault(false)),
		"must_run":              boolean(byDefault(true)),
		"exit_code":             integer(output),
		"container_logs":        text(output),
		"remove_volumes":        boolean(byDefault(true)),
		"destroy_grace_seconds": integer(),
		"container_read_refresh_timeout_milliseconds": integer(byDefault(15000)),
	}
}

// resourceFields can change while the container runs, but for the last ones.
func resourceFields() fields {
	return fields{
		"restart":            text(byDefault("no"), matching(`^(no|on-failure|always|unless-stopped)$`)),
		"max_retry_count":    integer(),
		"memory":             integer(atLeast(0)),
		"memory_reservation": integer(byDefault(0), atLeast(0)),
		"memory_swap":        integer(atLeast(-1)),
		"cpu_shares":         integer(atLeast(0)),
		"cpu_set":            text(matching(`^\d+([,-]\d+)*$`)),
		"cpu_period":         integer(atLeast(0)),
		"cpu_quota":          integer(atLeast(0)),
		"device_read_bps":    setOf(throttleFields),
		"device_read_iops":   setOf(throttleFields),
		"device_write_bps":   setOf(throttleFields),
		"device_write_iops":  setOf(throttleFields),
		"cpus":               text(replaces),
		"shm_size":           integer(computed, replaces, atLeast(0)),
		"ulimit":             setOf(ulimitFields, replaces),
	}
}

func processFields() fields {
	return fields{
		"name":          text(required, replaces),
		"image":         text(required, replaces),
		"platform":      text(computed, replaces),
		"command":       textList(computed, replaces),
		"entrypoint":    textList(computed, replaces),
		"env":           textSet(computed, replaces),
		"user":          text(replaces, emptyIsAnything),
		"group_add":     textSet(replaces),
		"working_dir":   text(replaces, emptyIsAnything),
		"labels":        setOf(labelFields, computed, replaces),
		"init":          boolean(computed),
		"tty":           boolean(byDefault(false), replaces),
		"stdin_open":    boolean(byDefault(false), replaces),
		"privileged":    boolean(replaces),
		"capabilities":  setOf(capabilityFields, replaces, one),
		"security_opts": textSet(computed, replaces),
		"sysctls":       textMap(replaces),
		"healthcheck":   listOf(healthcheckFields, computed, one),
		"stop_signal":   text(computed, replaces),
		"stop_timeout":  integer(computed, replaces),
		"runtime":       text(computed, replaces),
		"ipc_mode":      text(computed, replaces),
		"pid_mode":      text(replaces),
		"userns_mode":   text(replaces),
		"cgroupns_mode": text(replaces),
		"cgroup_parent": text(replaces),
		"log_driver":    text(computed, replaces),
		"log_opts":      textMap(replaces),
	}
}

func wiringFields() fields {
	return fields{
		"hostname":          text(computed, replaces),
		"domainname":        text(replaces),
		"dns":               textSet(replaces),
		"dns_opts":          textSet(replaces),
		"dns_search":        textSet(replaces),
		"host":              setOf(hostFields, replaces),
		"ports":             listOf(portFields, replaces, samePortsInAnyOrder),
		"publish_all_ports": boolean(replaces),
		"network_mode":      text(byDefault("bridge"), replaces),
		"networks_advanced": setOf(attachmentFields, replaces),
		"bridge":            text(output),
		"network_data":      listOf(networkDataFields, output),
	}
}

func storageFields() fields {
	return fields{
		"read_only":    boolean(byDefault(false), replaces),
		"mounts":       setOf(mountFields, replaces),
		"volumes":      setOf(volumeFields, replaces),
		"tmpfs":        textMap(),
		"devices":      setOf(deviceFields, replaces),
		"storage_opts": textMap(replaces),
		// Refused by Check; here because the state names them.
		"upload":              setOf(fields{"file": text(required, replaces)}, replaces),
		"gpus":                text(replaces),
		"device_requests":     setOf(fields{"driver": text(replaces)}, replaces),
		"device_cgroup_rules": textSet(replaces),
	}
}
