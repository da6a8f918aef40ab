#!/usr/bin/env node
// Here before anything is compiled: npm links a command only when its file is there at the time of the installation.
import '../dist/src/main.js';
