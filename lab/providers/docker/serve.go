package docker

import (
	"context"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
)

// What the official provider takes and this one does not. Refused, never dropped.
var notImplemented = map[string][]string{
	"docker:index/container:Container": {
		"uploads", "gpus", "deviceRequests", "deviceCgroupRules",
	},
	"docker:index/remoteImage:RemoteImage": {"build"},
	"pulumi:providers:docker": {
		"context", "caMaterial", "certMaterial", "keyMaterial", "certPath",
	},
}

// Serve runs the plugin until the engine ends it.
func Serve(version string) error {
	schema := fmt.Appendf(nil, `{"name":"docker","version":%q}`, version)
	return provider.Main("docker", func(host *provider.HostClient) (rpc.ResourceProviderServer, error) {
		info := bridge()
		bridged := tfbridge.NewProvider(context.Background(), host, "docker", version, info.P, info, schema)
		return &server{ResourceProviderServer: bridged, version: version}, nil
	})
}

// server is the bridge, but for refusals and for what the official provider answers by itself.
type server struct {
	rpc.ResourceProviderServer
	version string
}

func (s *server) Check(ctx context.Context, request *rpc.CheckRequest) (*rpc.CheckResponse, error) {
	response, err := s.ResourceProviderServer.Check(ctx, request)
	return refuse(request, response, err)
}

func (s *server) CheckConfig(ctx context.Context, request *rpc.CheckRequest) (*rpc.CheckResponse, error) {
	response, err := s.ResourceProviderServer.CheckConfig(ctx, request)
	return refuse(request, response, err)
}

func refuse(request *rpc.CheckRequest, response *rpc.CheckResponse, err error) (*rpc.CheckResponse, error) {
	if err != nil {
		return nil, err
	}
	kind := string(resource.URN(request.GetUrn()).Type())
	for name := range request.GetNews().GetFields() {
		if slices.Contains(notImplemented[kind], name) {
			response.Failures = append(response.Failures, &rpc.CheckFailure{
				Property: name,
				Reason:   fmt.Sprintf("the lab's offline provider does not implement %s", name),
			})
		}
	}
	return response, nil
}

func (s *server) Configure(ctx context.Context, request *rpc.ConfigureRequest) (*rpc.ConfigureResponse, error) {
	response, err := s.ResourceProviderServer.Configure(ctx, request)
	if err == nil {
		response.SupportsPreview = true
	}
	return response, err
}

// Cancel does nothing, so that an operation under way is not interrupted.
func (s *server) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

func (s *server) GetPluginInfo(context.Context, *emptypb.Empty) (*rpc.PluginInfo, error) {
	return &rpc.PluginInfo{Version: s.version}, nil
}
