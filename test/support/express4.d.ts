/** The previous major version, installed beside the current one under another name; the tests use what both have. */
declare module 'express4' {
  import express = require('express');
  export = express;
}
