-- Sends the requests of a file, one after another, from the beginning again when they end.
-- The file has a line a request: method, path, and for some a body, separated by tabs.
local requests = {}
local place = 0

function init(arguments)
  local token = os.getenv("QADAM_BENCH_TOKEN")
  local known = os.getenv("QADAM_BENCH_IF_NONE_MATCH")
  for line in io.lines(arguments[1]) do
    local method, path, body = line:match("^([^\t]+)\t([^\t]+)\t?(.*)$")
    local headers = { ["Accept"] = "application/json", ["Host"] = wrk.headers["Host"] }
    -- As browsers ask for pages.
    if path:sub(1, 5) ~= "/api/" then headers["Accept-Encoding"] = "gzip" end
    if token then headers["Authorization"] = "Bearer " .. token end
    if known then headers["If-None-Match"] = known end
    if body == "" then body = nil else headers["Content-Type"] = "application/json" end
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
  place = tonumber(arguments[2] or "0") % #requests
end

function request()
  place = place % #requests + 1
  return requests[place]
end

-- Costs time with every answer, and so only where somebody asks for it.
if os.getenv("WRK_SHOW_REFUSALS") then
  function response(status, headers, body)
    if status >= 400 then io.stderr:write(status, " ", body, "\n") end
  end
end

function done(summary, latency, requests)
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
