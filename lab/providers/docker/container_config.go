package docker

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/docker/cli/opts"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/go-units"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

const mebibyte = 1024 * 1024

func containerConfig(d *schema.ResourceData) (*container.Config, error) {
	config := &container.Config{
		Image:        get[string](d, "image"),
		Hostname:     get[string](d, "hostname"),
		Domainname:   get[string](d, "domainname"),
		User:         get[string](d, "user"),
		WorkingDir:   get[string](d, "working_dir"),
		Env:          texts(d.Get("env")),
		Cmd:          texts(d.Get("command")),
		Entrypoint:   texts(d.Get("entrypoint")),
		Labels:       labelMap(d.Get("labels")),
		Tty:          get[bool](d, "tty"),
		OpenStdin:    get[bool](d, "stdin_open"),
		StopSignal:   get[string](d, "stop_signal"),
		Healthcheck:  healthConfig(d),
		ExposedPorts: exposedPorts(d),
		Volumes:      volumePaths(d),
	}
	if slices.Contains(config.Cmd, "") {
		return nil, errors.New("values for command may not be empty")
	}
	if seconds, given := d.GetOk("stop_timeout"); given {
		timeout := seconds.(int)
		config.StopTimeout = &timeout
	}
	return config, nil
}

func healthConfig(d *schema.ResourceData) *container.HealthConfig {
	for _, check := range elements(d, "healthcheck") {
		length := func(name string) time.Duration {
			parsed, _ := time.ParseDuration(check[name].(string))
			return parsed
		}
		return &container.HealthConfig{
			Test:          texts(check["test"]),
			Interval:      length("interval"),
			Timeout:       length("timeout"),
			StartPeriod:   length("start_period"),
			StartInterval: length("start_interval"),
			Retries:       check["retries"].(int),
		}
	}
	return nil
}

func hostConfig(d *schema.ResourceData) (*container.HostConfig, error) {
	init := get[bool](d, "init")
	host := &container.HostConfig{
		AutoRemove:      get[bool](d, "rm"),
		Privileged:      get[bool](d, "privileged"),
		ReadonlyRootfs:  get[bool](d, "read_only"),
		PublishAllPorts: get[bool](d, "publish_all_ports"),
		PortBindings:    portBindings(d),
		RestartPolicy:   restartPolicy(d),
		Runtime:         get[string](d, "runtime"),
		Init:            &init,
		NetworkMode:     container.NetworkMode(get[string](d, "network_mode")),
		IpcMode:         container.IpcMode(get[string](d, "ipc_mode")),
		PidMode:         container.PidMode(get[string](d, "pid_mode")),
		UsernsMode:      container.UsernsMode(get[string](d, "userns_mode")),
		CgroupnsMode:    container.CgroupnsMode(get[string](d, "cgroupns_mode")),
		GroupAdd:        texts(d.Get("group_add")),
		DNS:             texts(d.Get("dns")),
		DNSOptions:      texts(d.Get("dns_opts")),
		DNSSearch:       texts(d.Get("dns_search")),
		Sysctls:         textsByName(d.Get("sysctls")),
		Tmpfs:           textsByName(d.Get("tmpfs")),
		StorageOpt:      textsByName(d.Get("storage_opts")),
		ShmSize:         int64(get[int](d, "shm_size")) * mebibyte,
		LogConfig: container.LogConfig{
			Type: get[string](d, "log_driver"), Config: textsByName(d.Get("log_opts")),
		},
		Resources: resources(d),
	}
	if !host.CgroupnsMode.Valid() {
		return nil, errors.New("cgroupns_mode: invalid CGROUP mode, must be either 'private', 'host' or empty")
	}
	host.CPUPeriod, host.CPUQuota = int64(get[int](d, "cpu_period")), int64(get[int](d, "cpu_quota"))
	if cpus := get[string](d, "cpus"); cpus != "" {
		nano, err := opts.ParseCPUs(cpus)
		if err != nil {
			return nil, fmt.Errorf("Error setting cpus: %s", err) //nolint:staticcheck
		}
		host.NanoCPUs, host.CPUPeriod, host.CPUQuota = nano, 0, 0
	}
	host.CgroupParent = get[string](d, "cgroup_parent")
	for _, entry := range elements(d, "host") {
		host.ExtraHosts = append(host.ExtraHosts, entry["host"].(string)+":"+entry["ip"].(string))
	}
	for _, entry := range elements(d, "ulimit") {
		host.Ulimits = append(host.Ulimits, &units.Ulimit{
			Name: entry["name"].(string), Soft: int64(entry["soft"].(int)), Hard: int64(entry["hard"].(int)),
		})
	}
	for _, entry := range elements(d, "capabilities") {
		host.CapAdd, host.CapDrop = texts(entry["add"]), texts(entry["drop"])
	}
	setSecurity(d, host)
	return host, setStorage(d, host)
}

// setSecurity: lifting the masks of /proc and /sys is a matter of the client, not of the engine.
func setSecurity(d *schema.ResourceData, host *container.HostConfig) {
	for _, option := range texts(d.Get("security_opts")) {
		if option == "systempaths=unconfined" {
			host.MaskedPaths, host.ReadonlyPaths = []string{}, []string{}
			continue
		}
		host.SecurityOpt = append(host.SecurityOpt, option)
	}
}

func restartPolicy(d *schema.ResourceData) container.RestartPolicy {
	return container.RestartPolicy{
		Name:              container.RestartPolicyMode(get[string](d, "restart")),
		MaximumRetryCount: get[int](d, "max_retry_count"),
	}
}

// resources are those that an update can change as well.
func resources(d *schema.ResourceData) container.Resources {
	swap := int64(get[int](d, "memory_swap"))
	if swap > 0 {
		swap *= mebibyte
	}
	return container.Resources{
		Memory:               int64(get[int](d, "memory")) * mebibyte,
		MemoryReservation:    int64(get[int](d, "memory_reservation")) * mebibyte,
		MemorySwap:           swap,
		CPUShares:            int64(get[int](d, "cpu_shares")),
		CpusetCpus:           get[string](d, "cpu_set"),
		BlkioDeviceReadBps:   throttles(d, "device_read_bps"),
		BlkioDeviceReadIOps:  throttles(d, "device_read_iops"),
		BlkioDeviceWriteBps:  throttles(d, "device_write_bps"),
		BlkioDeviceWriteIOps: throttles(d, "device_write_iops"),
	}
}
