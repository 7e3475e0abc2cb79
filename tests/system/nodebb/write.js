'use strict';

// Writes, edits and deletes posts with NodeBB's own code, as it has no way to do so over HTTP. They are read from standard input.
const fs = require('fs');
const path = require('path');
const nconf = require('nconf');

nconf.file({ file: path.join(__dirname, 'config.json') });
nconf.defaults({
  base_dir: __dirname,
  themes_path: path.join(__dirname, 'node_modules'),
  views_dir: path.join(__dirname, 'public/templates'),
  version: '1.4.0',
  upload_path: 'public/uploads',
  upload_url: '/uploads/',
  relative_path: '',
  isPrimary: 'true',
  isCluster: 'false',
  core_templates_path: path.join(__dirname, 'src/views'),
  base_templates_path: path.join(__dirname, 'node_modules/nodebb-theme-persona/templates'),
});
nconf.set('base_url', nconf.get('url'));
require('winston').level = 'error';
const db = require('./src/database');
const meta = require('./src/meta');

function called(act, ...given) {
  return new Promise((done, failed) => {
    act(...given, (problem, found) => (problem ? failed(problem) : done(found)));
  });
}

async function main(wanted) {
  await called(db.init);
  await called(meta.configs.init);
  Object.assign(meta.config, { postDelay: 0, newbiePostDelay: 0, initialPostDelay: 0, minimumPostLength: 1 });
  const [topics, user, posts, plugins] = ['topics', 'user', 'posts', 'plugins'].map(name => require(`./src/${name}`));
  require('./src/socket.io').in = () => ({ emit() {} }); // nobody is connected
  await called(plugins.init, null, null);
  const lin = await called(user.create, { username: 'lin', email: 'lin@brand.test', password: 'secret123' });
  for (const one of wanted) {
    if (one.edit) {
      await called(posts.edit, { req: { ip: '127.0.0.1' }, pid: one.edit, uid: 1, content: one.content });
    } else if (one.delete) {
      await called(posts.delete, one.delete, 1);
    } else {
      await called(one.tid ? topics.reply : topics.post, { uid: lin, ...one });
    }
  }
}

main(JSON.parse(fs.readFileSync(0, 'utf8'))).then(() => process.exit(0), (problem) => {
  console.error(problem);
  process.exit(1);
});
