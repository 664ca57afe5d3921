package docker

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"github.com/docker/docker/api/types/blkiodev"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

// readContainer drops a container that the engine does not list. Environment, labels and volumes are not read: the image
// adds to them, so that they could not be told from the program's own.
func readContainer(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	docker, failed := connect(ctx, meta)
	if failed != nil {
		return failed
	}
	listed, err := isListed(ctx, docker, d.Id())
	if err != nil {
		return diag.FromErr(err)
	}
	if !listed {
		d.SetId("")
		return nil
	}
	found, err := docker.ContainerInspect(ctx, d.Id())
	if err != nil {
		return diag.FromErr(err)
	}
	if err := setNetworking(d, found); err != nil {
		return diag.FromErr(err)
	}
	if err := setRunning(d, found); err != nil {
		return diag.FromErr(err)
	}
	values := object{}
	for _, part := range []object{processState(d, found), hostState(d, found), storageState(d, found)} {
		for name, value := range part {
			values[name] = value
		}
	}
	d.SetId(found.ID)
	return diag.FromErr(setAll(d, values))
}

// isListed asks the list and not the container, so that only a container that is gone counts as gone. It compares whole
// IDs: a name or a short ID is never found, also not on import.
func isListed(ctx context.Context, docker *client.Client, id string) (bool, error) {
	containers, err := docker.ContainerList(ctx, container.ListOptions{All: true})
	if err != nil {
		return false, fmt.Errorf("error fetching container information from Docker: %s\n", err) //nolint:staticcheck
	}
	for _, candidate := range containers {
		if candidate.ID == id {
			return true, nil
		}
	}
	return false, nil
}

func setNetworking(d *schema.ResourceData, found container.InspectResponse) error {
	settings := found.NetworkSettings
	if settings == nil {
		return nil
	}
	values := object{"bridge": settings.Bridge, "network_data": networkData(settings)}
	// A stopped container has no ports bound; that is a difference only where it ought to run.
	if _, given := d.GetOk("ports"); given && (found.State.Running || get[bool](d, "must_run")) {
		values["ports"] = portList(settings.Ports)
	}
	return setAll(d, values)
}

func networkData(settings *container.NetworkSettings) []any {
	data := []any{}
	for name, endpoint := range settings.Networks {
		data = append(data, object{
			"network_name":              name,
			"ip_address":                endpoint.IPAddress,
			"ip_prefix_length":          endpoint.IPPrefixLen,
			"gateway":                   endpoint.Gateway,
			"global_ipv6_address":       endpoint.GlobalIPv6Address,
			"global_ipv6_prefix_length": endpoint.GlobalIPv6PrefixLen,
			"ipv6_gateway":              endpoint.IPv6Gateway,
			"mac_address":               endpoint.MacAddress,
		})
	}
	return data
}

// setRunning: a container that stopped although it must run reads as `mustRun: false`, which the next update mends.
func setRunning(d *schema.ResourceData, found container.InspectResponse) error {
	if found.State.Running {
		return nil
	}
	values := object{"exit_code": found.State.ExitCode}
	if get[bool](d, "must_run") {
		values["must_run"] = false
	}
	return setAll(d, values)
}

func processState(d *schema.ResourceData, found container.InspectResponse) object {
	config, host := found.Config, found.HostConfig
	values := object{
		"name":          strings.TrimLeft(found.Name, "/"),
		"image":         config.Image,
		"platform":      found.Platform,
		"hostname":      config.Hostname,
		"domainname":    config.Domainname,
		"command":       []string(config.Cmd),
		"entrypoint":    []string(config.Entrypoint),
		"user":          config.User,
		"working_dir":   config.WorkingDir,
		"tty":           config.Tty,
		"stdin_open":    config.OpenStdin,
		"stop_signal":   config.StopSignal,
		"stop_timeout":  config.StopTimeout,
		"init":          host.Init != nil && *host.Init,
		"privileged":    host.Privileged,
		"group_add":     host.GroupAdd,
		"security_opts": host.SecurityOpt,
		"sysctls":       host.Sysctls,
		"runtime":       host.Runtime,
		"ipc_mode":      string(host.IpcMode),
		"userns_mode":   string(host.UsernsMode),
		"log_driver":    host.LogConfig.Type,
		"log_opts":      ifGiven(d, "log_opts", host.LogConfig.Config),
	}
	// An image given by its ID is compared by its ID.
	if strings.HasPrefix(get[string](d, "image"), "sha256:") {
		values["image"] = found.Image
	}
	if _, given := d.GetOk("pid_mode"); given {
		values["pid_mode"] = string(host.PidMode)
	}
	if len(host.CapAdd)+len(host.CapDrop) > 0 {
		values["capabilities"] = []any{object{"add": []string(host.CapAdd), "drop": []string(host.CapDrop)}}
	}
	if check := config.Healthcheck; check != nil {
		values["healthcheck"] = []any{object{
			"test":           check.Test,
			"interval":       check.Interval.String(),
			"timeout":        check.Timeout.String(),
			"start_period":   check.StartPeriod.String(),
			"start_interval": check.StartInterval.String(),
			"retries":        check.Retries,
		}}
	}
	return values
}

// ifGiven: what the engine adds of its own accord is no difference where the program says nothing.
func ifGiven(d *schema.ResourceData, name string, value map[string]string) map[string]string {
	if _, given := d.GetOk(name); given {
		return value
	}
	return nil
}

func hostState(d *schema.ResourceData, found container.InspectResponse) object {
	host := found.HostConfig
	values := object{
		"rm":                 host.AutoRemove,
		"read_only":          host.ReadonlyRootfs,
		"publish_all_ports":  host.PublishAllPorts,
		"restart":            string(host.RestartPolicy.Name),
		"max_retry_count":    host.RestartPolicy.MaximumRetryCount,
		"network_mode":       string(host.NetworkMode),
		"dns":                host.DNS,
		"dns_opts":           host.DNSOptions,
		"dns_search":         host.DNSSearch,
		"host":               extraHosts(host.ExtraHosts),
		"memory":             host.Memory / mebibyte,
		"memory_reservation": host.MemoryReservation / mebibyte,
		"memory_swap":        host.MemorySwap,
		"shm_size":           host.ShmSize / mebibyte,
		"cpu_shares":         host.CPUShares,
		"cpu_set":            host.CpusetCpus,
		"device_read_bps":    throttleSet(host.BlkioDeviceReadBps),
		"device_read_iops":   throttleSet(host.BlkioDeviceReadIOps),
		"device_write_bps":   throttleSet(host.BlkioDeviceWriteBps),
		"device_write_iops":  throttleSet(host.BlkioDeviceWriteIOps),
	}
	if host.MemorySwap > 0 {
		values["memory_swap"] = host.MemorySwap / mebibyte
	}
	if host.NanoCPUs > 0 {
		values["cpus"] = decimal(host.NanoCPUs)
	}
	if _, given := d.GetOk("ulimit"); given {
		limits := []any{}
		for _, limit := range host.Ulimits {
			limits = append(limits, object{"name": limit.Name, "soft": int(limit.Soft), "hard": int(limit.Hard)})
		}
		values["ulimit"] = limits
	}
	if _, given := d.GetOk("devices"); given {
		values["devices"] = devices(d, host.Devices)
	}
	return values
}

// decimal writes thousand millionths of a CPU as the official one does. A text with nine zeros in it is taken for a whole number and rounded
// to one place: "1.0" is right, 0.05 becomes "0.1". One with more, such as 10, ends in a point.
func decimal(nano int64) string {
	number := new(big.Rat).SetFrac64(nano, 1e9)
	text := number.FloatString(9)
	if strings.Count(text, "0") == 9 {
		return number.FloatString(1)
	}
	return strings.TrimRight(text, "0")
}

func extraHosts(entries []string) []any {
	hosts := []any{}
	for _, entry := range entries {
		// The first colon ends the name, and the second one ends an IPv6 address too early: as the official one does.
		parts := strings.Split(entry, ":")
		hosts = append(hosts, object{"host": parts[0], "ip": parts[1]})
	}
	return hosts
}

func throttleSet(limits []*blkiodev.ThrottleDevice) *schema.Set {
	set := schema.NewSet(schema.HashResource(&schema.Resource{Schema: throttleFields}), nil)
	for _, limit := range limits {
		set.Add(object{"path": limit.Path, "rate": int(limit.Rate)})
	}
	return set
}
