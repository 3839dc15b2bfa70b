<?php
// Receiver of a manyi survey as one file, PHP 8.1 or later. Put it beside the page, and set the folder of the answers to one
// that is NOT served: everybody could read them there. Then copy the folder home and run: manyi inbox answers/SURVEY/*
// It stores no address, no browser and no referrer.
declare(strict_types=1);
const FOLDER = __DIR__ . '/../../answers'; // outside of the web root
const MOST = 262144;                       // bytes of a submission
const THANKS = './';                       // where a form without script ends

header('Access-Control-Allow-Origin: *');
header('Access-Control-Allow-Headers: Content-Type, Accept');
header('Access-Control-Expose-Headers: Retry-After');
header('Cache-Control: no-store');
$method = $_SERVER['REQUEST_METHOD'] ?? '';
if ($method === 'OPTIONS') { http_response_code(204); exit; }
if ($method !== 'POST') { reply(405, ['error' => 'POST']); }
$text = (string) file_get_contents('php://input', false, null, 0, MOST + 1);
if (strlen($text) > MOST) { reply(413, ['error' => 'too large']); }
if (str_starts_with($_SERVER['CONTENT_TYPE'] ?? '', 'application/x-www-form-urlencoded')) {
    parse_str($text, $fields);
    $survey = is_string($fields['_survey'] ?? null) ? $fields['_survey'] : '';
    if (!preg_match('/\A[a-z][a-z0-9_]{0,63}\z/', $survey)) { reply(400, ['error' => 'no form of a survey']); }
    $line = $text . '&created_at=' . rawurlencode(gmdate('Y-m-d\TH:i:00\Z')) . "\n";
    if (!keep($survey, 'form-' . bin2hex(random_bytes(16)) . '.txt', $line)) { reply(503, ['error' => 'not kept: try again']); }
    header('Location: ' . THANKS, true, 303);
    exit;
}
$e = json_decode($text, true, 8);
if (!is_array($e) || !is_string($e['survey'] ?? null) || !is_string($e['id'] ?? null) || !is_string($e['payload'] ?? null) || $e['payload'] === ''
    || !preg_match('/\A[a-z][a-z0-9_]{0,63}\z/', $e['survey']) || !preg_match('/\A[a-z2-7]{26}\z/', $e['id'])) {
    reply(400, ['error' => 'no envelope']);
}
$sum = receipt($e['id'], $e['payload']);
$line = json_encode(['survey' => $e['survey'], 'version' => $e['version'] ?? 0, 'build' => $e['build'] ?? '', 'id' => $e['id'], 'payload' => $e['payload'],
    'sealed' => !empty($e['sealed']), 'token' => $e['token'] ?? '', 'hp' => $e['hp'] ?? ''], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES) . "\n";
$name = FOLDER . '/' . $e['survey'] . '/' . $e['id'] . '.json';
if (!is_file($name) && keep($e['survey'], $e['id'] . '.json', $line)) { reply(200, ['receipt' => $sum, 'dup' => false]); }
$old = is_file($name) ? json_decode((string) file_get_contents($name), true) : null;
if (!is_array($old)) { reply(503, ['error' => 'not kept: try again']); }
if ($old['payload'] === $e['payload']) { reply(200, ['receipt' => $sum, 'dup' => true]); }
keep($e['survey'], 'conflict-' . $e['id'] . '-' . $sum . '.json', $line);
reply(409, ['error' => 'conflict']);

// keep writes a file beside, flushes it, and gives it its name only where nobody has it: link() fails otherwise.
function keep(string $survey, string $name, string $line): bool {
    $folder = FOLDER . '/' . $survey;
    if (!is_dir($folder) && !@mkdir($folder, 0700, true) && !is_dir($folder)) { return false; }
    $beside = $folder . '/.' . bin2hex(random_bytes(12));
    $f = @fopen($beside, 'x');
    if ($f === false) { return false; }
    $ok = fwrite($f, $line) === strlen($line) && fsync($f);
    fclose($f);
    $ok = $ok && @link($beside, $folder . '/' . $name);
    @unlink($beside);
    return $ok;
}

function receipt(string $id, string $payload): string {
    $out = ''; $value = 0; $bits = 0;
    foreach (str_split(hash('sha256', $id . "\n" . $payload, true)) as $c) {
        $value = ($value << 8) | ord($c);
        for ($bits += 8; $bits >= 5; $bits -= 5) { $out .= 'abcdefghijklmnopqrstuvwxyz234567'[($value >> ($bits - 5)) & 31]; }
        $value &= (1 << $bits) - 1;
    }
    return substr($out, 0, 20);
}

function reply(int $status, array $body): never {
    http_response_code($status);
    header('Content-Type: application/json');
    if ($status === 503) { header('Retry-After: 5'); }
    echo json_encode($body);
    exit;
}
