#include "../../asio.hpp"
