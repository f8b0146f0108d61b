// Runs Vendure, from npm, for vendure_server.py: node vendure_server.js MODULES DATABASE PORT
// Fills DATABASE when it is not there yet; with PORT 0 that is all. Keeps changes in memory.
'use strict';

const fs = require('fs');
const path = require('path');
const [, , modules, database, port] = process.argv;
const load = name => require(require.resolve(name, {paths: [modules]}));

process.env.VENDURE_DISABLE_TELEMETRY = 'true';
const vendure = load('@vendure/core');
const {populate} = load('@vendure/core/cli');

const folder = path.dirname(database);
const config = {
    apiOptions: {
        port: Number(port), hostname: '127.0.0.1', adminApiPath: 'admin-api', shopApiPath: 'shop-api',
    },
    authOptions: {
        tokenMethod: 'bearer', requireVerification: false,
        superadminCredentials: {identifier: 'superadmin', password: 'superadmin'},
    },
    dbConnectionOptions: {type: 'sqljs', location: database, autoSave: port === '0', synchronize: port === '0', logging: false},
    paymentOptions: {paymentMethodHandlers: [vendure.dummyPaymentHandler]},
    importExportOptions: {importAssetsDir: folder},
    logger: new vendure.DefaultLogger({level: vendure.LogLevel.Warn, timestamp: true}),
    plugins: [],
};

const initialData = {
    defaultLanguage: vendure.LanguageCode.en,
    defaultZone: 'Europe',
    roles: [{
        code: 'touchline', description: 'Touchline reads',
        permissions: [vendure.Permission.ReadCustomer, vendure.Permission.ReadOrder],
    }],
    countries: [{name: 'Germany', code: 'DE', zone: 'Europe'}],
    taxRates: [{name: 'Standard Tax', percentage: 19}],
    shippingMethods: [{name: 'Standard Shipping', price: 500}],
    paymentMethods: [{
        name: 'Dummy', handler: {code: 'dummy-payment-handler', arguments: [{name: 'automaticSettle', value: 'true'}]},
    }],
    collections: [],
};

const products = `name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets
Printer,printer,Prints,,,,,P1,100.00,standard,100000,false,,
`;

async function main() {
    if (port === '0') {
        const csv = path.join(folder, 'products.csv');
        fs.writeFileSync(csv, products);
        const app = await populate(() => vendure.bootstrap(config), initialData, csv);
        await app.close();
        process.exit(0);
    }
    const app = await vendure.bootstrap(config);
    await app.get(vendure.JobQueueService).start();
}

main().catch(error => {
    console.error(error);
    process.exit(1);
});
