-- Asks `query` over /mcp, the next question with the next token each time, and counts answers.
-- wrk ... -s serve.lua URL -- QUESTIONS TOKENS: files with one of each a line. Prints JSON.

local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

local function lines(path)
  local all = {}
  for line in io.lines(path) do table.insert(all, line) end
  return all
end

function init(args)
  bodies, tokens = lines(args[1]), lines(args[2])
  -- Threads begin at different places.
  turn = number * 97
  good, limited, wrong, rate, busy, other = 0, 0, 0, 0, 0, 0
end

function request()
  turn = turn + 1
  return wrk.format("POST", "/mcp", {
    ["Content-Type"] = "application/json",
    ["Accept"] = "application/json, text/event-stream",
    ["MCP-Protocol-Version"] = "2026-07-28",
    ["Mcp-Method"] = "tools/call",
    ["Mcp-Name"] = "query",
    ["Authorization"] = "Bearer " .. tokens[turn % #tokens + 1],
  }, bodies[turn % #bodies + 1])
end

function response(status, _, body)
  if status == 429 then
    rate = rate + 1
  elseif status == 503 then
    busy = busy + 1
  elseif status ~= 200 then
    other = other + 1
  elseif body:find('"isError":true', 1, true) then
    if body:find("asked too often", 1, true) then limited = limited + 1 else wrong = wrong + 1 end
  elseif body:find('"structuredContent"', 1, true) then
    good = good + 1
  else
    wrong = wrong + 1
  end
end

function done(summary, latency, _)
  local sums = {}
  for _, name in ipairs({ "good", "limited", "wrong", "rate", "busy", "other" }) do
    sums[name] = 0
    for _, thread in ipairs(threads) do sums[name] = sums[name] + thread:get(name) end
  end
  local errors = summary.errors
  io.write(string.format(
    '{"good":%d,"limited":%d,"wrong":%d,"rate":%d,"busy":%d,"other":%d,"seconds":%.3f,"broken":%d,"timeouts":%d,' ..
      '"p50":%.3f,"p99":%.3f,"max":%.3f}\n',
    sums.good, sums.limited, sums.wrong, sums.rate, sums.busy, sums.other, summary.duration / 1e6,
    errors.connect + errors.read + errors.write, errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
