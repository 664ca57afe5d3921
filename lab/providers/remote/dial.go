package remote

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"time"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/retry"
	"golang.org/x/crypto/ssh"
)

// withRetries calls attempt until it succeeds, with the engine's own backoff (100 ms, growing by half, at most 5 s).
// The limit counts failures that are forgiven, so a limit of 10 makes 11 attempts.
func withRetries[T any](ctx context.Context, what string, limit int, attempt func() (T, error)) (T, error) {
	var value T
	done, _, err := retry.Until(ctx, retry.Acceptor{Accept: func(failed int, _ time.Duration) (bool, any, error) {
		var err error
		if value, err = attempt(); err == nil {
			return true, nil, nil
		}
		if limit > unlimited && failed >= limit {
			return true, nil, fmt.Errorf("after %d failed attempts: %w", failed, err)
		}
		p.GetLogger(ctx).InfoStatusf("%s %d/%s failed: retrying", what, failed+1, limitText(limit))
		return false, nil, nil
	}})
	if err == nil && !done {
		// Neither done nor failed: somebody cancelled.
		err = ctx.Err()
	}
	if err != nil {
		var none T
		return none, err
	}
	return value, nil
}

func limitText(limit int) string {
	if limit == unlimited {
		return "inf"
	}
	return strconv.Itoa(limit)
}

// dial opens one ssh connection. Nobody closes it again: the official provider does not either, so that connections
// stay open until the plugin ends.
func (c *Connection) dial(ctx context.Context) (*ssh.Client, error) {
	config, err := c.clientConfig()
	if err != nil {
		return nil, err
	}
	if c.Proxy == nil {
		return withRetries(ctx, "Dial", c.errorLimit(), func() (*ssh.Client, error) {
			return ssh.Dial("tcp", c.address(), config)
		})
	}
	client, err := c.dialThroughProxy(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("proxy: %w", err)
	}
	return client, nil
}

func (c *Connection) dialThroughProxy(ctx context.Context, config *ssh.ClientConfig) (*ssh.Client, error) {
	proxyConfig, err := c.Proxy.clientConfig()
	if err != nil {
		return nil, err
	}
	proxy, err := withRetries(ctx, "Dial proxy", c.Proxy.errorLimit(), func() (*ssh.Client, error) {
		return ssh.Dial("tcp", c.Proxy.address(), proxyConfig)
	})
	if err != nil {
		return nil, err
	}
	conn, err := withRetries(ctx, "Dial from proxy", c.errorLimit(), func() (net.Conn, error) {
		return proxy.Dial("tcp", c.address())
	})
	if err != nil {
		return nil, err
	}
	// The same stream is tried again after a failed handshake, which cannot succeed: as the official one does.
	return withRetries(ctx, "Dial", c.errorLimit(), func() (*ssh.Client, error) {
		sshConn, channels, requests, err := ssh.NewClientConn(conn, c.address(), config)
		if err != nil {
			return nil, err
		}
		return ssh.NewClient(sshConn, channels, requests), nil
	})
}
