// Does a row's work with imapflow, and prints the seconds of each pass.
const fs = require('fs');
const path = require('path');
const { ImapFlow } = require(path.join(process.env.BENCH_NODE_MODULES, 'imapflow'));

const items = { uid: true, flags: true, size: true, internalDate: true, bodyStructure: true, envelope: true };

async function list(client) {
    for await (const message of client.fetch('1:*', items)) void message.envelope;
}

async function save(client, target) {
    for await (const message of client.fetch('1:*', { uid: true, source: true }))
        await fs.promises.writeFile(path.join(target, `${message.uid}.eml`), message.source);
}

async function append(client, target) {
    const source = process.env.BENCH_DIRECTORY;
    for (const name of fs.readdirSync(source).sort()) await client.append(target, fs.readFileSync(path.join(source, name)));
}

const found = client => client.search({ subject: 'invoice' }, { uid: true });

async function firstTen(client) {
    const uids = (await found(client)).slice(-10);
    for await (const message of client.fetch(uids, { uid: true, flags: true, envelope: true }, { uid: true })) {
        console.log(message.uid, message.envelope.date, message.envelope.from[0].address, message.envelope.subject);
    }
}

async function work(client, name, folder, target) {
    if (name === 'import') return append(client, target);
    const isRead = ['list', 'read', 'save', 'oneliner'].includes(name);
    await client.mailboxOpen(folder, { readOnly: isRead });
    if (name === 'list' || name === 'read') await list(client);
    else if (name === 'save') await save(client, target);
    else if (name === 'move') await client.messageMove(await found(client), target, { uid: true });
    else if (name === 'flag') await client.messageFlagsAdd(await found(client), ['\\Flagged'], { uid: true, silent: true });
    else if (name === 'oneliner') await firstTen(client);
}

async function main() {
    const { BENCH_HOST, BENCH_PORT, BENCH_USER, BENCH_PASSWORD, BENCH_FOLDERS, BENCH_TARGETS, BENCH_WORK } = process.env;
    const client = new ImapFlow({
        host: BENCH_HOST,
        port: Number(BENCH_PORT),
        secure: false,
        doSTARTTLS: false,
        auth: { user: BENCH_USER, pass: BENCH_PASSWORD },
        logger: false,
    });
    await client.connect();
    const targets = BENCH_TARGETS.split(' ');
    for (const [pass, folder] of BENCH_FOLDERS.split(' ').entries()) {
        const begin = process.hrtime.bigint();
        await work(client, BENCH_WORK, folder, targets[pass]);
        console.log(`pass ${(Number(process.hrtime.bigint() - begin) / 1e9).toFixed(4)}`);
    }

    await client.logout();
}

main().catch(error => {
    console.error(error);
    process.exit(1);
});
