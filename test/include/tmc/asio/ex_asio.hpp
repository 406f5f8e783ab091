#pragma once

namespace tmc {
class ex_asio {};
} // namespace tmc
