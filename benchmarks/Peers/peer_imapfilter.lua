-- Does a row's work with imapfilter, and prints the seconds of each pass, in hundredths: Lua's own clocks know whole seconds only.
options.starttls = false
options.certificates = false
options.info = false
options.timeout = 600

local function now()
    local file = io.open('/proc/uptime')
    local seconds = file:read('*n')
    file:close()
    return seconds
end

local account = IMAP {
    server = os.getenv('BENCH_HOST'),
    port = tonumber(os.getenv('BENCH_PORT')),
    username = os.getenv('BENCH_USER'),
    password = os.getenv('BENCH_PASSWORD'),
}

local targets = {}
for target in os.getenv('BENCH_TARGETS'):gmatch('%S+') do targets[#targets + 1] = target end

local work = os.getenv('BENCH_WORK')
local pass = 0
for folder in os.getenv('BENCH_FOLDERS'):gmatch('%S+') do
    pass = pass + 1
    local begin = now()
    local found = account[folder]:contain_subject('invoice')
    if work == 'move' then found:move_messages(account[targets[pass]]) else found:mark_flagged() end
    print(string.format('pass %.4f', now() - begin))
end
