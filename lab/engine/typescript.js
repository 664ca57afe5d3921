/*
 * Lets a process run TypeScript, ours only: tsx would look through every file of node_modules too, which costs each operation on a
 * stack a second of processor time.
 */
const Module = require('node:module');
const plain = Module._extensions['.js'];
require('tsx/cjs');
Module._extensions['.js'] = plain;
