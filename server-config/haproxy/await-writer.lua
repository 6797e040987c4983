-- Lets a transaction wait while the node that takes them is not ready, as during a restart, and no longer than its client does.
local seconds = 55

core.register_action("await_writer", { "http-req" }, function(txn)
    local writer = core.backends["writes"].servers["one"]
    local deadline = core.now().sec + seconds
    while writer:get_stats()["status"]:sub(1, 2) ~= "UP" and core.now().sec < deadline do
        core.msleep(50)
    end
end)
