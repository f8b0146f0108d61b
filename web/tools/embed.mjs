// Writes the two generated sources that carry the built files into the binary.

const suffixes = {plain: '', gzip: '.gz', brotli: '.br'};
const forms = asset => Object.keys(suffixes).filter(form => asset.sizes[form]);

/** One read-only symbol per file: GCC 12 has no #embed, the assembler's .incbin is as good. */
export function assembly(assets, folder) {
  const blocks = assets.flatMap((asset, index) => forms(asset).map(form => {
    const symbol = `touchline_web_${index}_${form}`;
    return `    .globl ${symbol}\n    .hidden ${symbol}\n${symbol}:\n    .incbin ${JSON.stringify(`${folder}/${asset.file}${suffixes[form]}`)}\n`;
  }));
  return `    .section .rodata\n${blocks.join('')}    .section .note.GNU-stack,"",%progbits\n`;
}

export function table(assets, policy) {
  const symbols = assets.flatMap((asset, index) => forms(asset).map(form => `touchline_web_${index}_${form}`));
  const span = (asset, index, form) => (asset.sizes[form] ? `{touchline_web_${index}_${form}, ${asset.sizes[form]}}` : '{}');
  const rows = assets.map((asset, index) =>
    `    {${JSON.stringify(asset.path)}, ${JSON.stringify(asset.type)}, ${JSON.stringify(asset.etag)},\n` +
    `     ${span(asset, index, 'plain')},\n     ${span(asset, index, 'gzip')},\n     ${span(asset, index, 'brotli')}, ${asset.immutable}},\n`);
  return `// Generated from the web app's build, sorted by path.
#include "asset_table.hpp"

extern "C" {
${symbols.map(symbol => `extern const unsigned char ${symbol}[];`).join('\n')}
}

namespace touchline::web {

namespace {
constexpr Asset k_assets[] = {
${rows.join('')}};
}  // namespace

std::span<const Asset> asset_table() { return k_assets; }

std::string_view content_security_policy() { return ${JSON.stringify(policy)}; }

}  // namespace touchline::web
`;
}
