import * as pulumi from '@pulumi/pulumi';

/** A stack without resources, whose output others take. */
export const prefix = new pulumi.Config().require('prefix');
