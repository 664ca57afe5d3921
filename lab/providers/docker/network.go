package docker

import (
	"context"
	"time"

	"github.com/docker/docker/api/types/network"
	"github.com/docker/docker/client"
	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/retry"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

func createNetwork(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	docker, failed := connect(ctx, meta)
	if failed != nil {
		return failed
	}
	options := network.CreateOptions{
		Driver:     get[string](d, "driver"),
		Options:    textsByName(d.Get("options")),
		Labels:     labelMap(d.Get("labels")),
		Internal:   get[bool](d, "internal"),
		Attachable: get[bool](d, "attachable"),
		Ingress:    get[bool](d, "ingress"),
		// There is always one: the driver has a default.
		IPAM: &network.IPAM{
			Driver:  get[string](d, "ipam_driver"),
			Options: textsByName(d.Get("ipam_options")),
			Config:  ipamConfigs(d),
		},
	}
	if get[bool](d, "ipv6") {
		enabled := true
		options.EnableIPv6 = &enabled
	}
	created, err := docker.NetworkCreate(ctx, get[string](d, "name"), options)
	if err != nil {
		return diag.Errorf("Unable to create network: %s", err)
	}
	d.SetId(created.ID)
	return readNetwork(ctx, d, meta)
}

func ipamConfigs(d *schema.ResourceData) []network.IPAMConfig {
	var configs []network.IPAMConfig
	for _, config := range elements(d, "ipam_config") {
		configs = append(configs, network.IPAMConfig{
			Subnet:     config["subnet"].(string),
			IPRange:    config["ip_range"].(string),
			Gateway:    config["gateway"].(string),
			AuxAddress: textsByName(config["aux_address"]),
		})
	}
	return configs
}

// waitFor asks at once after two seconds, then with growing pauses, and gives up after thirty.
func waitFor(ctx context.Context, target []string, ask retry.StateRefreshFunc) diag.Diagnostics {
	wait := retry.StateChangeConf{
		Pending: []string{"pending"}, Target: target, Refresh: ask,
		Delay: 2 * time.Second, MinTimeout: 5 * time.Second, Timeout: 30 * time.Second,
	}
	_, err := wait.WaitForStateContext(ctx)
	return diag.FromErr(err)
}

// readNetwork takes any failed inspect, also that of an engine that cannot be asked, for a network that is gone.
func readNetwork(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	docker, failed := connect(ctx, meta)
	if failed != nil {
		return failed
	}
	return waitFor(ctx, []string{"all_fields", "removed"}, func() (any, string, error) {
		id := d.Id()
		found, err := docker.NetworkInspect(ctx, id, network.InspectOptions{})
		if err != nil {
			d.SetId("")
			return id, "removed", nil
		}
		return id, "all_fields", setNetwork(d, found)
	})
}

func setNetwork(d *schema.ResourceData, found network.Inspect) error {
	return setAll(d, object{
		"name":         found.Name,
		"labels":       labelSet(found.Labels),
		"driver":       found.Driver,
		"options":      found.Options,
		"internal":     found.Internal,
		"attachable":   found.Attachable,
		"ingress":      found.Ingress,
		"ipv6":         found.EnableIPv6,
		"ipam_driver":  found.IPAM.Driver,
		"ipam_options": found.IPAM.Options,
		"ipam_config":  ipamSet(found.IPAM.Config),
		"scope":        found.Scope,
	})
}

func ipamSet(configs []network.IPAMConfig) *schema.Set {
	set := schema.NewSet(schema.HashResource(&schema.Resource{Schema: ipamFields}), nil)
	for _, config := range configs {
		element := object{}
		for name, value := range map[string]string{
			"subnet": config.Subnet, "ip_range": config.IPRange, "gateway": config.Gateway,
		} {
			if value != "" {
				element[name] = value
			}
		}
		if len(config.AuxAddress) > 0 {
			auxiliary := object{}
			for name, address := range config.AuxAddress {
				auxiliary[name] = address
			}
			element["aux_address"] = auxiliary
		}
		set.Add(element)
	}
	return set
}

// deleteNetwork waits for containers to leave it, half a minute at most.
func deleteNetwork(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	docker, failed := connect(ctx, meta)
	if failed != nil {
		return failed
	}
	failed = waitFor(ctx, []string{"removed"}, func() (any, string, error) {
		state, err := removeNetwork(ctx, docker, d.Id())
		return d.Id(), state, err
	})
	if failed != nil {
		return failed
	}
	d.SetId("")
	return nil
}

func removeNetwork(ctx context.Context, docker *client.Client, id string) (string, error) {
	if _, err := docker.NetworkInspect(ctx, id, network.InspectOptions{}); err != nil {
		return "removed", nil
	}
	if err := docker.NetworkRemove(ctx, id); err != nil {
		if saysAny(err, "has active endpoints") {
			return "pending", nil
		}
		return "other", err
	}
	return "removed", nil
}
