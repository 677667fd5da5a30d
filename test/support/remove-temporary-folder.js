module.exports = require('./temporary-folder.js').remove;
